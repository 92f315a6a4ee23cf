"""Charts are right with nothing to show and with ten thousand, say them in words, and carry no style of their own."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from actions.charts import HEIGHT, STEPS, Series, Tile, bars, round_up, shade, shade_labels, swatch, thresholds, tiles


def drawn(svg: str) -> ElementTree.Element:
    """Parse the drawing: it must be well formed, whatever the names in it are."""
    return ElementTree.fromstring(svg)


@pytest.mark.parametrize("values", [[0, 0], [1, 0], [10_000, 1], [3, 9_999]])
def test_bars_fit_the_drawing_and_the_least_is_seen(values):
    drawing = drawn(bars([Series("sent", "sent", values)], ["Monday", "Tuesday"], summary="Letters a day"))
    heights = [float(rect.get("height")) for rect in drawing.iter("rect")]
    assert all(0 <= height <= HEIGHT for height in heights)
    assert [height > 0 for height in heights] == [value > 0 for value in values]
    assert [title.text for title in drawing.iter("title")] == [
        f"Monday: sent {values[0]}",
        f"Tuesday: sent {values[1]}",
    ]


def test_a_chart_without_any_day_can_be_drawn():
    assert drawn(bars([Series("sent", "sent", [])], [], summary="None yet")).get("aria-label") == "None yet"


def test_names_are_never_markup_and_nothing_needs_a_looser_policy():
    bad = '"><script>alert(1)</script>'
    svg = bars([Series("sent", bad, [1])], [bad], summary=bad) + tiles([Tile(bad, 1, "/x?a=1&b=2")], [1], label=bad)
    assert "<script" not in svg
    assert " style=" not in svg
    assert " on" not in svg


@pytest.mark.parametrize("largest", [0, 1, 2, 3, 7, 16, 99, 100, 345, 10_000, 123_456])
def test_every_number_has_one_shade_and_the_largest_the_darkest(largest):
    starts = thresholds(largest)
    shades = [shade(count, starts) for count in sorted({0, 1, largest // 3, largest // 2, largest}) if count <= largest]
    assert shades == sorted(shades)
    assert shades[0] == 0
    assert shades[-1] == (STEPS if largest else 0)
    assert len(shade_labels(starts)) == len(starts) + 1


def test_the_legend_says_each_range_in_numbers():
    assert [text for _shade, text in shade_labels(thresholds(345))] == ["0", "1–4", "5–19", "20–99", "100+"]


def test_tiles_are_a_list_whose_items_lead_on_or_can_be_reached_all_the_same():
    drawing = drawn(tiles([Tile("A: 0 letters", 0, "/a/"), Tile("B: 9 letters", 9)], thresholds(9), label="Ontario"))
    assert drawing.get("role") == "list"
    link, plain = (item[0] for item in drawing if item.get("role") == "listitem")
    assert (link.tag, link.get("href"), link.get("aria-label")) == ("a", "/a/", "A: 0 letters")
    assert (plain.get("tabindex"), plain.get("aria-label")) == ("0", "B: 9 letters")


def test_a_shade_is_also_told_by_its_size():
    sides = [float(drawn(swatch(step))[1].get("width")) for step in range(STEPS + 1)]
    assert sides == sorted(set(sides))


@pytest.mark.parametrize(
    ("number", "scale"), [(0, 1), (1, 1), (3, 5), (11, 20), (100, 100), (101, 200), (4_999, 5_000)]
)
def test_scales_end_at_round_numbers(number, scale):
    assert round_up(number) == scale
