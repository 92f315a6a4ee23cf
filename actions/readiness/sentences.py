"""What is said to editors before they publish, in plain words; rooms put their own facts in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from actions.listing import listed
from actions.registry import Finding
from home.languages import own_name


def about_action(record: Any, *, closes_at: object, edit_url: str) -> Iterator[Finding]:
    """Yield what holds for every kind of action: its end, and the languages in which it has no published text."""
    about = {"name": str(record), "kind": str(record._meta.verbose_name)}
    if closes_at is None:
        text = _("“%(name)s” (%(kind)s) has no closing date: nobody is told how long they can take part.")
        yield Finding(text % about, edit_url)
    texts = list(record.wordings.select_related("locale").order_by("pk"))
    live = {text.language for text in texts if text.live}
    missing = missing_languages(live)
    if not live:
        words = _("“%(name)s” (%(kind)s) has no published text yet, so nobody can take part: publish its text, too.")
        yield Finding(words % about, _edit_url(texts[0]) if texts else "")
    elif missing:
        words = _(
            "“%(name)s” (%(kind)s) has no published text in %(languages)s: readers there get another language and a "
            "notice."
        )
        yield Finding(words % {**about, "languages": missing})


def _edit_url(text: Any) -> str:
    return reverse(text.snippet_viewset.get_url_name("edit"), args=[text.pk])


def missing_languages(there: Iterable[str]) -> str:
    """Return by their own names, in a row, the languages of the site that are not there; blank when all are."""
    known = set(there)
    return listed(own_name(code) for code, _name in settings.LANGUAGES if code not in known)
