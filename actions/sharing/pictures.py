"""Pictures that pass an action on: a QR code for posters, and an upright picture for stories.

They hold the action's title and address and nothing of anybody, so they are the same for all.
"""

from __future__ import annotations

import io
import json
from functools import lru_cache
from pathlib import Path
from threading import Lock

import segno
import typst

from actions.sharing.links import tagged

FOLDER = Path(__file__).parent / "typst"
FONTS = Path(__file__).parents[1] / "fonts"
# The sheet is 540 by 960 points; stories are 1080 by 1920 pixels.
PIXELS_PER_INCH = 144
KEPT = 64

_one_at_a_time = Lock()


def qr_code(url: str, *, border: int = 4) -> str:
    """Return the QR code of an absolute address as SVG; a quarter of it may be dirty or torn (level Q)."""
    out = io.BytesIO()
    segno.make(tagged(url, "qr"), error="q", micro=False).save(
        out, kind="svg", border=border, scale=8, light="#fff", xmldecl=False
    )
    return out.getvalue().decode()


@lru_cache(maxsize=KEPT)
def story_picture(*, title: str, call: str, url: str, organisation: str, language: str) -> bytes:
    """Return the picture as PNG: ``call`` says what to do, ``url`` is absolute and shown without its scheme.

    ``language`` is that of the texts. Long titles are set smaller, up to a point; what is longer than that is cut.
    """
    data = {
        "title": title,
        "call": call,
        "address": url.partition("://")[2].rstrip("/"),
        "organisation": organisation,
        "language": "zh" if language.startswith("zh") else language,
        "region": "HK" if language.startswith("zh") else "CA",
        "qr": qr_code(url, border=0),
    }
    with _one_at_a_time:
        found = _compiler().compile(format="png", ppi=PIXELS_PER_INCH, sys_inputs={"story": json.dumps(data)})
    if not isinstance(found, bytes):
        raise RuntimeError("no picture")
    return found


@lru_cache(maxsize=1)
def _compiler() -> typst.Compiler:
    fonts = typst.Fonts(include_system_fonts=False, font_paths=[FONTS])
    return typst.Compiler(FOLDER / "story.typ", root=FOLDER, font_paths=fonts)
