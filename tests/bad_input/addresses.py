"""Each public address of the site with examples of it, and what stands between it and a stranger's POST."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import translation


class Door(StrEnum):
    """READ takes no POST; FORM only one of our own pages', within limits; SECRET one that proves who sends it."""

    READ = "read"
    FORM = "form"
    SECRET = "secret"


@dataclass(frozen=True)
class Address:
    """``examples`` may name what the sample site made: ``{letter}`` is the token of a mailed link, and so on."""

    door: Door
    examples: tuple[str, ...]


def read(*examples: str) -> Address:
    return Address(Door.READ, examples)


def form(*examples: str) -> Address:
    return Address(Door.FORM, examples)


PICTURES = ("qr.svg", "qr.png", "preview.png", "story.png")
CONFIRMED = ("letter", "petition", "event", "subscribe")
# The pattern as Django knows it, in English -> what stands there.
ADDRESSES: dict[str, Address] = {
    "": read("/"),
    "healthz": read("/healthz"),
    "readyz": read("/readyz"),
    "robots.txt": read("/robots.txt"),
    ".well-known/security.txt": read("/.well-known/security.txt"),
    "sitemap.xml": read("/sitemap.xml"),
    "act/petitions/<slug:slug>/count.json": read("/act/petitions/sample/count.json"),
    "act/petitions/<slug:slug>/house-<slug:language>.pdf": read("/act/petitions/sample/house-en.pdf"),
    "stripe/webhook/": Address(Door.SECRET, ("/stripe/webhook/",)),
    r"documents/^(\d+)/(.*)$": read("/documents/1/x.pdf"),
    "documents/authenticate_with_password/<int:restriction_id>/": read("/documents/authenticate_with_password/1/"),
    "en/act/check-your-inbox/": read("/en/act/check-your-inbox/"),
    "en/act/confirm/<str:token>/": form(*(f"/en/act/confirm/{{{one}}}/" for one in CONFIRMED)),
    "en/act/confirm/<path:token>": form("/en/act/confirm/{letter}"),
    "en/act/form-token/": read("/en/act/form-token/?action=letter"),
    "en/act/challenge/": read("/en/act/challenge/?action=letter"),
    "en/act/cards/<int:pk>.png": read("/en/act/cards/{page}.png"),
    "en/act/donate/manage/": form("/en/act/donate/manage/"),
    "en/act/donate/manage/sent/": read("/en/act/donate/manage/sent/"),
    "en/act/donate/manage/back/": read("/en/act/donate/manage/back/"),
    "en/act/donate/manage/<str:token>/": form("/en/act/donate/manage/{donor}/"),
    "en/act/donate/manage/<path:token>": form("/en/act/donate/manage/{donor}"),
    "en/act/donate/<slug:slug>/": read("/en/act/donate/sample/"),
    "en/act/donate/<slug:slug>/give/": form("/en/act/donate/sample/give/"),
    "en/act/donate/<slug:slug>/continue/<uuid:attempt>/": read("/en/act/donate/sample/continue/{attempt}/"),
    "en/act/donate/<slug:slug>/thanks/": read("/en/act/donate/sample/thanks/?session_id=cs_sample"),
    "en/act/events/<slug:slug>/": form("/en/act/events/sample/"),
    "en/act/events/<slug:slug>/calendar.ics": read("/en/act/events/sample/calendar.ics"),
    "en/act/letters/<slug:slug>/": read("/en/act/letters/sample/"),
    "en/act/letters/<slug:slug>/find/": form("/en/act/letters/sample/find/"),
    "en/act/letters/<slug:slug>/write/": form("/en/act/letters/sample/write/"),
    "en/act/letters/<slug:slug>/pdf/": form("/en/act/letters/sample/pdf/"),
    "en/act/letters/<slug:slug>/text/<int:number>/": read("/en/act/letters/sample/text/{text}/"),
    "en/act/petitions/<slug:slug>/": read("/en/act/petitions/sample/"),
    "en/act/petitions/<slug:slug>/sign/": form("/en/act/petitions/sample/sign/"),
    "en/act/petitions/<slug:slug>/house/": read("/en/act/petitions/sample/house/"),
    "en/act/petitions/<slug:slug>/text/<int:number>/": read("/en/act/petitions/sample/text/1/"),
    **{
        f"en/act/{room}/<slug:slug>/{name}": read(f"/en/act/{room}/sample/{name}")
        for room in ("donate", "letters", "petitions")
        for name in PICTURES
    },
    "en/search/": read("/en/search/?q=hong+kong"),
    "en/subscribe/": form("/en/subscribe/"),
    "en/subscribe/check-your-inbox/": read("/en/subscribe/check-your-inbox/"),
    "en/subscribe/leave/<str:token>/": Address(Door.SECRET, ("/en/subscribe/leave/{leave}/",)),
    "en/subscribe/leave/<str:token>/<int:campaign_id>/": Address(Door.SECRET, ("/en/subscribe/leave/{leave}/1/",)),
    "en/subscribe/leave/<path:token>": Address(Door.SECRET, ("/en/subscribe/leave/{leave}",)),
    "en/_util/login/": read("/en/_util/login/"),
    r"en/^((?:[\w\-]+/)*)$": read("/en/", "/en/about/"),
    "en/_util/authenticate_with_password/<int:page_view_restriction_id>/<int:page_id>/": read(
        "/en/_util/authenticate_with_password/1/1/"
    ),
}


def examples(*doors: Door) -> list[str]:
    return [one for address in ADDRESSES.values() if address.door in doors for one in address.examples]


def public_patterns() -> set[str]:
    """Each address that the site answers to strangers, as its pattern is written."""
    with translation.override("en"):
        return {one for one in _patterns(get_resolver()) if not one.startswith("admin/")}


def _patterns(resolver: URLResolver, before: str = "") -> Iterator[str]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from _patterns(entry, before + str(entry.pattern))
        elif isinstance(entry, URLPattern):
            yield before + str(entry.pattern)
