"""Which pictures the editors' guide shows: where each is taken, by whom, how wide, by day or by night."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).parents[2] / "docs" / "screens"
PHONE, DESKTOP = 390, 1280
FIRST = "table.listing tbody tr:first-child td.title a"
READINESS = "section:has(> div > h2:has-text('Before you publish'))"


class Screen(NamedTuple):
    """``width`` in CSS pixels; ``role`` is a log-in of the demo, blank for visitors.

    ``click`` is pressed first; what ``show`` finds then is scrolled to the middle.
    """

    name: str
    path: str
    width: int = DESKTOP
    is_dark: bool = False
    role: str = ""
    click: str = ""
    show: str = ""

    @property
    def file(self) -> Path:
        return FOLDER / f"{self.name}.jpg"

    @property
    def height(self) -> int:
        return 844 if self.width == PHONE else 800


SCREENS = (
    Screen("front-page-en", "/en/", PHONE),
    Screen("front-page-zh", "/zh-hant/", DESKTOP, is_dark=True),
    Screen("letter-fr", "/fr/take-action/safe-harbour/"),
    Screen("petition-zh", "/zh-hant/act/petitions/keep-the-door-open/", PHONE),
    Screen("gift-en", "/en/act/donate/keep-the-lights-on/", PHONE, is_dark=True),
    Screen("news-fr", "/fr/news/", PHONE),
    Screen("article-en", "/en/news/statement-pathway/"),
    Screen("search-zh", "/zh-hant/search/?q=法案", PHONE, is_dark=True),
    Screen("admin-front-page", "/admin/", role="editor"),
    Screen("admin-front-page-phone", "/admin/", PHONE, is_dark=True, role="editor"),
    Screen("admin-start", "/admin/start/", role="writer"),
    Screen("admin-start-phone", "/admin/start/", PHONE, role="writer"),
    Screen("admin-readiness", "/admin/snippets/actions/appealwording/", role="writer", click=FIRST, show=READINESS),
    Screen("admin-translations", "/admin/translations/?state=all", role="translator"),
    Screen("admin-resource", "/admin/resources/", is_dark=True, role="writer", click=FIRST),
    Screen("admin-event", "/admin/snippets/actions/event/", role="writer", click=FIRST),
    Screen("admin-event-places", "/admin/events/1/places/", role="editor"),
    Screen("admin-signatures", "/admin/signatures/", role="editor"),
    Screen("admin-undecided", "/admin/signatures/decide/", role="editor"),
    Screen("admin-donations", "/admin/donations/", role="finance"),
)
