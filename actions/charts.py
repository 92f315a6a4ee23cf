"""Drawing small charts as SVG on the server: no library, no script, no inline style, so that any policy allows them.

Colours come from classes in ``static/css/charts.css``. What a shade says is also said by the size of a tile, by the
order of the bars and by texts; every chart stands beside a table of the same numbers, which the caller writes.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from actions.listing import labelled, listed

HEIGHT = 100  # units of the drawing; the page stretches it
BAR, GROUP_GAP = 10, 8
TILE, PITCH = (
    20,
    24,
)  # pixels; 24 is the least distance of two targets (https://www.w3.org/TR/WCAG22/#target-size-minimum)
STEPS = 4  # shades besides the empty one


@dataclass(frozen=True)
class Series:
    """One row of numbers; ``name`` is its CSS class."""

    name: str
    label: str
    values: Sequence[int]


@dataclass(frozen=True)
class Tile:
    """One place: ``label`` says it with its number ("Ottawa Centre: 12 letters")."""

    label: str
    count: int
    url: str = ""


def round_up(number: int) -> int:
    """Return the next 1, 2 or 5 times a power of ten; at least 1."""
    if number <= 1:
        return 1
    power = 10 ** (len(str(number)) - 1)
    return next(step * power for step in (1, 2, 5, 10) if step * power >= number)


def bars(series: Sequence[Series], labels: Sequence[str], *, summary: str) -> SafeString:
    """Return a bar chart: per label one bar of each series, side by side. ``summary`` is what a screen reader says.

    The drawing is stretched to the width it gets, so its texts (scale, days, legend) belong around it and not in it.
    """
    group = BAR * len(series) + GROUP_GAP
    top = round_up(max((value for one in series for value in one.values), default=0))
    groups = format_html_join(
        "",
        "<g><title>{}</title>{}</g>",
        (
            (_said(label, series, place), _bars_of(series, place, left=place * group, top=top))
            for place, label in enumerate(labels)
        ),
    )
    width = max(group * len(labels), 1)
    return format_html(
        '<svg class="chart-bars" role="img" aria-label="{}" viewBox="0 0 {} {}" preserveAspectRatio="none">{}{}</svg>',
        summary, width, HEIGHT, _grid(width), groups,
    )  # fmt: skip


def _said(label: str, series: Sequence[Series], place: int) -> str:
    return labelled(label, listed(f"{one.label} {one.values[place]}" for one in series))


def _bars_of(series: Sequence[Series], place: int, *, left: int, top: int) -> SafeString:
    """The bars of one label; the least number is still seen."""
    drawn = []
    for number, one in enumerate(series):
        value = one.values[place]
        height = max(math.ceil(HEIGHT * value / top), 1) if value else 0
        drawn.append((one.name, left + GROUP_GAP // 2 + BAR * number, HEIGHT - height, BAR, height))
    return format_html_join("", '<rect class="chart-{}" x="{}" y="{}" width="{}" height="{}"/>', drawn)


def _grid(width: int) -> SafeString:
    lines = ((y, width, y) for y in (0, HEIGHT // 2, HEIGHT))
    return format_html_join("", '<line class="chart-grid" x1="0" y1="{}" x2="{}" y2="{}"/>', lines)


def thresholds(largest: int, *, least: int = 1) -> list[int]:
    """Return where each shade begins, at most STEPS of them, for numbers from ``least`` to ``largest``."""
    if largest < least:
        return []
    steps = (least * (largest / least) ** (step / STEPS) for step in range(1, STEPS))
    starts = {round_up(round(step)) for step in steps} | {least}
    return sorted(start for start in starts if least <= start <= largest)


def shade(count: int, starts: Sequence[int]) -> int:
    """Return 0 for none, else 1 to STEPS; the largest numbers get the last shade, however few there are."""
    reached = sum(count >= start for start in starts)
    return reached and STEPS - len(starts) + reached


def shade_labels(starts: Sequence[int], *, none: str = "0") -> list[tuple[int, str]]:
    """Return (shade, range in numbers) for a legend, the empty one (``none``) first."""
    ends = [start - 1 for start in starts[1:]]
    ranges = [str(start) if start == end else f"{start}–{end}" for start, end in zip(starts, ends, strict=False)]
    ranges += [f"{starts[-1]}+"] if starts else []
    return [(0, none), *((shade(start, starts), text) for start, text in zip(starts, ranges, strict=True))]


def tiles(places: Sequence[Tile], starts: Sequence[int], label: str) -> SafeString:
    """Return a list of tiles, drawn row by row; each says its own label and leads on when it has an address."""
    drawn = format_html_join(
        "",
        '<g role="listitem" transform="translate({} {})">{}</g>',
        ((x, y, _tile(one, starts)) for one, (x, y) in zip(places, _grid_of(places), strict=True)),
    )
    return _sheet(places, drawn, role="list", label=label)


def tile_picture(places: Sequence[Tile], starts: Sequence[int], label: str) -> SafeString:
    """Return the same as one picture that says ``label``: for readers to whom hundreds of tab stops are in the way.

    A pointer still finds each tile's own label. Some 80 bytes a tile, where a list takes 300.
    """
    at = _grid_of(places)
    frames = ((x, y, TILE, TILE, TILE, one.label) for one, (x, y) in zip(places, at, strict=True))
    fills = []
    for one, (x, y) in zip(places, at, strict=True):
        if step := shade(one.count, starts):
            side = _side(step)
            fills.append((step, x + (TILE - side) / 2, y + (TILE - side) / 2, side, side))
    drawn = format_html(
        '<g class="chart-tile">{}</g><g pointer-events="none">{}</g>',
        format_html_join("", '<path d="M{} {}h{}v{}h-{}z"><title>{}</title></path>', frames),
        format_html_join("", '<rect class="chart-shade-{}" x="{}" y="{}" width="{}" height="{}" rx="2"/>', fills),
    )
    return _sheet(places, drawn, role="img", label=label)


def _columns(places: Sequence[Tile]) -> int:
    return max(math.ceil(math.sqrt(len(places) * 1.5)), 1)


def _grid_of(places: Sequence[Tile]) -> list[tuple[int, int]]:
    """Where each tile stands, row by row."""
    columns = _columns(places)
    return [(number % columns * PITCH, number // columns * PITCH) for number in range(len(places))]


def _sheet(places: Sequence[Tile], drawn: SafeString, *, role: str, label: str) -> SafeString:
    columns = _columns(places)
    width, height = columns * PITCH, math.ceil(len(places) / columns) * PITCH
    return format_html(
        '<svg class="chart-tiles" role="{}" aria-label="{}" width="{}" height="{}" viewBox="-2 -2 {} {}">{}</svg>',
        role, label, width, height, width, height, drawn,
    )  # fmt: skip


def _tile(one: Tile, starts: Sequence[int]) -> SafeString:
    drawing = swatch_shapes(shade(one.count, starts))
    said = format_html('aria-label="{}"><title>{}</title>', one.label, one.label)
    if one.url:
        return format_html('<a href="{}" {}{}</a>', one.url, said, drawing)
    return format_html('<g role="img" tabindex="0" {}{}</g>', said, drawing)


def swatch_shapes(step: int) -> SafeString:
    """A frame that fills up: a larger and darker square for each shade."""
    side = _side(step)
    at = (TILE - side) / 2
    return format_html(
        '<rect class="chart-tile" width="{}" height="{}" rx="3"/><rect class="chart-shade-{}" x="{}" y="{}" width="{}"'
        ' height="{}" rx="2"/>',
        TILE, TILE, step, at, at, side, side,
    )  # fmt: skip


def _side(step: int) -> int:
    return TILE * (step + 1) // (STEPS + 1) if step else 0


def swatch(step: int) -> SafeString:
    """A tile for the legend; its text stands beside it."""
    return format_html(
        '<svg class="chart-swatch" aria-hidden="true" width="{}" height="{}" viewBox="-2 -2 {} {}">{}</svg>',
        PITCH, PITCH, PITCH, PITCH, swatch_shapes(step),
    )  # fmt: skip
