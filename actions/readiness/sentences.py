"""What is said to editors before they publish, in plain words; rooms put their own facts in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from actions.listing import listed
from actions.registry import Finding
from home.languages import own_name


def about_action(record: Any, *, closes_at: object, edit_url: str) -> Iterator[Finding]:
    """Yield what holds for every kind of action: its end, and the languages in which it has no published text."""
    name = {"name": str(record)}
    if closes_at is None:
        text = _("“%(name)s” has no closing date: nobody is told how long they can take part.")
        yield Finding(text % name, edit_url)
    live = {text.language for text in record.wordings.select_related("locale") if text.live}
    if missing := missing_languages(live):
        text = _("“%(name)s” has no published text in %(languages)s: readers there get another language and a notice.")
        yield Finding(text % {**name, "languages": missing})


def missing_languages(there: Iterable[str]) -> str:
    """Return by their own names, in a row, the languages of the site that are not there; blank when all are."""
    known = set(there)
    return listed(own_name(code) for code, _name in settings.LANGUAGES if code not in known)
