"""What an action must tell so that it can be passed on; the action rooms' asks do."""

from __future__ import annotations

from typing import Any, Protocol

from django.conf import settings

from actions.sharing.links import ShareKit


class Shareable(Protocol):
    """One action as a visitor sees it. ``url_name`` names its page; ``<url_name>_qr`` and ``_story`` its pictures."""

    language: str

    @property
    def url_name(self) -> str: ...

    @property
    def title(self) -> str: ...

    @property
    def wording(self) -> Any: ...

    def url(self, name: str = ..., /) -> str: ...


def address_of(ask: Shareable) -> str:
    """Return the absolute address of the action's own page in the page's language."""
    return str(settings.SITE_URL) + ask.url(ask.url_name)


def kit_of(ask: Shareable) -> ShareKit:
    """Return what passes the action on, in the language of its texts."""
    return ShareKit(url=address_of(ask), text=(ask.wording.share_text if ask.wording else "") or ask.title)


def language_of(ask: Shareable) -> str:
    """Return the language in which the action's texts are: the page's own where there are any."""
    return ask.wording.language if ask.wording else ask.language
