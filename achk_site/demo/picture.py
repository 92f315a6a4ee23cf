"""The demo's only picture, drawn when the demo is loaded: a harbour's ridge line that turns into the Rockies."""

from __future__ import annotations

from io import BytesIO

from django.core.files.images import ImageFile
from PIL import Image, ImageDraw

SIZE = (1600, 900)
SKY, SUN, SNOW, WATER = "#fffaf0", "#ffcf1a", "#ffffff", "#8fb3c9"
# Each ridge: colour, and its points as shares of width and height.
FAR = ("#c9d3d8", ((0, 0.62), (0.12, 0.5), (0.2, 0.56), (0.33, 0.44), (0.5, 0.5), (0.64, 0.3), (0.8, 0.42), (1, 0.2)))
NEAR = (
    "#5f7f8f",
    ((0, 0.7), (0.16, 0.6), (0.26, 0.66), (0.42, 0.55), (0.58, 0.6), (0.76, 0.36), (0.88, 0.5), (1, 0.4)),
)
PEAK = ((0.7, 0.44), (0.76, 0.36), (0.82, 0.43), (0.79, 0.455), (0.765, 0.425), (0.735, 0.465))
SHORE = 0.74

Points = tuple[tuple[float, float], ...]


def harbour_picture(name: str = "harbour.png") -> ImageFile:
    """Return the picture as an image file that can be stored."""
    image = Image.new("RGB", SIZE, SKY)
    draw = ImageDraw.Draw(image)
    draw.ellipse((1040, 90, 1220, 270), fill=SUN)
    for colour, ridge in (FAR, NEAR):
        draw.polygon(_scaled((*ridge, (1, 1), (0, 1))), fill=colour)
    draw.polygon(_scaled(PEAK), fill=SNOW)
    draw.rectangle((0, SIZE[1] * SHORE, *SIZE), fill=WATER)
    _junk(draw, x=430, y=round(SIZE[1] * SHORE) + 40)
    stored = BytesIO()
    image.save(stored, "PNG", optimize=True)
    stored.seek(0)
    return ImageFile(stored, name=name)


def _scaled(points: Points) -> list[tuple[float, float]]:
    return [(x * SIZE[0], y * SIZE[1]) for x, y in points]


def _junk(draw: ImageDraw.ImageDraw, *, x: int, y: int) -> None:
    """A small boat under sail, so that the water is a harbour."""
    draw.polygon([(x, y), (x + 120, y), (x + 96, y + 26), (x + 20, y + 26)], fill="#17181c")
    draw.polygon([(x + 56, y - 8), (x + 56, y - 104), (x + 108, y - 24)], fill="#c1121f")
    draw.polygon([(x + 48, y - 8), (x + 48, y - 84), (x + 14, y - 20)], fill="#c1121f")
