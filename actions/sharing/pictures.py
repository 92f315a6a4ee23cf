"""Pictures that pass an action on: a QR code for posters, an upright picture for stories, a wide one for previews.

They hold the action's title and address and nothing of anybody, so they are the same for all.
"""

from __future__ import annotations

import io
from functools import lru_cache
from pathlib import Path
from typing import Any

import segno
from django.contrib.staticfiles import finders

from actions.sharing.links import tagged
from actions.typesetting.press import typeset

FOLDER = Path(__file__).parent / "typst"
# The sheets are 540 by 960 and 600 by 315 points: 1080 by 1920 and 1200 by 630 pixels.
PNG = {"format": "png", "ppi": 144}
PREVIEW_SIZE = (1200, 630)
KEPT = 64
# Printed 10 cm wide at 300 dots per inch; a QR code has at most 177 + 8 modules a side, ours about 50.
PRINTED_PIXELS = 1200


def qr_code(url: str, *, border: int = 4) -> str:
    """Return the QR code of an absolute address as SVG; a quarter of it may be dirty or torn (level Q)."""
    out = io.BytesIO()
    _code(url).save(out, kind="svg", border=border, scale=8, light="#fff", xmldecl=False)
    return out.getvalue().decode()


def qr_png(url: str) -> bytes:
    """Return the same as PNG in black and white, at least 1200 pixels wide, marked as 300 dots per inch."""
    code, out = _code(url), io.BytesIO()
    scale = -(-PRINTED_PIXELS // code.symbol_size(border=4)[0])
    code.save(out, kind="png", border=4, scale=scale, dpi=300)
    return out.getvalue()


def _code(url: str) -> segno.QRCode:
    return segno.make(tagged(url, "qr"), error="q", micro=False)


@lru_cache(maxsize=KEPT)
def story_picture(*, title: str, call: str, url: str, organisation: str, language: str) -> bytes:
    """Return the picture as PNG: ``call`` says what to do, ``url`` is absolute and shown without its scheme.

    ``language`` is that of the texts. Long titles are set smaller, up to a point; what is longer than that is cut.
    Raises NotTypeset.
    """
    data = {
        "title": title,
        "call": call,
        "address": url.partition("://")[2].rstrip("/"),
        "organisation": organisation,
        "qr": qr_code(url, border=0),
        **_in(language),
    }
    return typeset(FOLDER / "story.typ", data, options=[PNG])


@lru_cache(maxsize=KEPT)
def preview_picture(*, title: str, campaign: str, organisation: str, language: str) -> bytes:
    """Return the picture that chats and networks show with a link, as PNG; ``campaign`` may be blank.

    1200 by 630 pixels: https://developers.facebook.com/docs/sharing/webmasters/images/ . Raises NotTypeset.
    """
    data = {"title": title, "campaign": campaign, "organisation": organisation, "mark": _mark(), **_in(language)}
    return typeset(FOLDER / "preview.typ", data, options=[PNG])


@lru_cache(maxsize=1)
def _mark() -> str:
    """The site's mark as SVG."""
    found = finders.find("img/icon.svg")
    return Path(found).read_text() if isinstance(found, str) else ""


def _in(language: str) -> dict[str, Any]:
    is_chinese = language.startswith("zh")
    return {"language": "zh" if is_chinese else language, "region": "HK" if is_chinese else "CA"}
