"""Drawings for the demo's news, made when the demo is loaded; each is a few shapes."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

from django.core.files.images import ImageFile
from PIL import Image, ImageDraw

from achk_site.demo.picture import SIZE

INK, RED, YELLOW, PAPER = "#17181c", "#c1121f", "#ffcf1a", "#fffaf0"


def drawing(name: str) -> ImageFile:
    """Return the drawing of that name as an image file that can be stored. Raises KeyError for an unknown one."""
    image = Image.new("RGB", SIZE, PAPER)
    DRAWINGS[name](ImageDraw.Draw(image))
    stored = BytesIO()
    image.save(stored, "PNG", optimize=True)
    stored.seek(0)
    return ImageFile(stored, name=f"{name}.png")


def _letters(draw: ImageDraw.ImageDraw) -> None:
    """Three envelopes on a table."""
    draw.rectangle((0, 0, *SIZE), fill="#d8bd78")
    for top in range(90, SIZE[1], 180):
        draw.line((0, top, SIZE[0], top + 40), fill="#c9a964", width=6)
    for x, y, paper in ((170, 150, "#fff2c2"), (880, 120, "#ffffff"), (520, 420, PAPER)):
        draw.rectangle((x + 14, y + 18, x + 574, y + 378), fill="#b08f4c")
        draw.rectangle((x, y, x + 560, y + 360), fill=paper, outline=INK, width=7)
        draw.line((x, y, x + 280, y + 210, x + 560, y), fill=INK, width=7, joint="curve")
        draw.ellipse((x + 238, y + 168, x + 322, y + 252), fill=RED, outline=INK, width=6)


def _lanterns(draw: ImageDraw.ImageDraw) -> None:
    """A row of lanterns over water at night."""
    draw.rectangle((0, 0, *SIZE), fill="#1b2333")
    draw.rectangle((0, 640, *SIZE), fill="#101723")
    draw.line([(x, 150 + (x - 800) ** 2 // 6400) for x in range(0, 1601, 40)], fill="#8f9bb3", width=5)
    for number, x in enumerate(range(180, 1600, 310)):
        top = 190 + (x - 800) ** 2 // 6400
        draw.line((x, top - 40, x, top), fill="#8f9bb3", width=5)
        draw.ellipse((x - 95, top, x + 95, top + 230), fill=YELLOW if number % 2 else "#ffb638")
        draw.arc((x - 45, top, x + 45, top + 230), 0, 360, fill="#c98a12", width=5)
        draw.rectangle((x - 40, top - 10, x + 40, top + 12), fill=RED)
        draw.rectangle((x - 40, top + 218, x + 40, top + 240), fill=RED)
        for step in range(4):
            draw.line(
                (x - 70 + step * 12, 690 + step * 44, x + 70 - step * 12, 690 + step * 44), fill="#a8842a", width=9
            )


def _umbrella(draw: ImageDraw.ImageDraw) -> None:
    """An open umbrella in the rain."""
    draw.rectangle((0, 0, *SIZE), fill="#c9d3d8")
    for x in range(-60, 1700, 90):
        for y in range((x * 7) % 130, 900, 190):
            draw.line((x, y, x - 16, y + 60), fill="#8fb3c9", width=6)
    draw.line((800, 180, 800, 760), fill=INK, width=16)
    draw.arc((690, 690, 810, 830), 0, 180, fill=INK, width=16)
    draw.pieslice((330, 170, 1270, 1030), 180, 360, fill=YELLOW, outline=INK, width=8)
    for x in range(330, 1270, 235):
        draw.ellipse((x, 545, x + 235, 655), fill="#c9d3d8")
        draw.arc((x, 545, x + 235, 655), 180, 360, fill=INK, width=8)
    for x in (565, 1035):
        draw.line((800, 175, x, 590), fill=INK, width=6)
    draw.line((800, 560, 800, 760), fill=INK, width=16)


DRAWINGS: dict[str, Callable[[ImageDraw.ImageDraw], None]] = {
    "letters": _letters,
    "lanterns": _lanterns,
    "umbrella": _umbrella,
}
