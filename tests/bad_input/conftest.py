"""A small site with everything that a stranger can reach, and a stranger who notices every crash."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.signals import got_request_exception
from django.http import HttpRequest, HttpResponse
from django.test import Client

from actions.pages import ActionIndexPage, ActionPage
from tests.factories.letters import LetterCampaignFactory
from tests.factories.pages import CODES, SiteTree
from tests.factories.postal import load_postal_codes
from tests.factories.representatives import RepresentativeFactory, RidingFactory

ACTION = "/en/act/letters/second-reading/"
INBOX = "/en/act/check-your-inbox/"
WRITER = {
    "name": "陳大文",
    "email": "tai-man@writer.example",
    "postal_code": "K1A 0A6",
    "street_address": "1 Invented Street",
    "own_words": "我的家人在香港。",
    "subject": "Please support C-400",
    "body": "Please vote for C-400.",
    "letter_language": "en",
    "riding": "35079",
    "wants_copy": "on",
}


class Stranger:
    """Sends what no browser would; ``crashes`` is what the server fell over, whatever it answered."""

    def __init__(self) -> None:
        self.client = Client(raise_request_exception=False, enforce_csrf_checks=True)
        self.crashes: list[str] = []
        self.posts = 0

    def get(self, path: str, **extra: Any) -> HttpResponse:
        return self.client.get(path, **extra)

    def post(self, path: str, data: Any, **extra: Any) -> HttpResponse:
        """Post from our own page; after 60 posts from another address, so that no limit is reached."""
        self.posts += 1
        address = f"198.51.100.{self.posts // 60 + 1}"
        return self.client.post(path, data, **{"HTTP_ORIGIN": "http://testserver", "REMOTE_ADDR": address, **extra})

    def write(self, intent: str = "check", *, url: str = ACTION, **changes: Any) -> HttpResponse:
        """Post the letter form with ``changes``; None leaves a field out."""
        data = {name: value for name, value in {**WRITER, **changes}.items() if value is not None}
        return self.post(f"{url}write/", {**data, "intent": intent})

    def note_crash(self, sender: Any, request: HttpRequest, **kwargs: Any) -> None:
        self.crashes.append(f"{request.method} {request.path[:200]!r}: {sys.exc_info()[1]!r}")


@pytest.fixture
def stranger() -> Iterator[Stranger]:
    someone = Stranger()
    got_request_exception.connect(someone.note_crash)
    yield someone
    got_request_exception.disconnect(someone.note_crash)
    assert someone.crashes == []


@pytest.fixture
def member(db):
    riding = RidingFactory(fed_num=35079, name_en="Ottawa Centre", name_fr="Ottawa-Centre")
    load_postal_codes(("K1A0A6", 35079, 10))
    return RepresentativeFactory(riding=riding, first_name="Jordan", last_name="Lee", email="jordan.lee@parl.example")


@pytest.fixture
def letter_campaign(member):
    return LetterCampaignFactory(slug="second-reading")


@pytest.fixture
def site(letter_campaign) -> SiteTree:
    """Front pages, a page, a list of actions and an action page in three languages around the letter campaign."""
    tree = SiteTree()
    tree.add_page()
    block = [("letter", {"letter_campaign": letter_campaign, "heading": ""})]
    for code in CODES:
        listing = ActionIndexPage(title="Actions", slug="actions", locale=tree[code].locale)
        tree[code].add_child(instance=listing)
        page = ActionPage(title="Act", slug="safe", introduction="Now.", body=block, locale=tree[code].locale)
        listing.add_child(instance=page)
    return tree
