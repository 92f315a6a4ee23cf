"""A riding with a postal code, and a browser that posts from our own pages."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.http import HttpResponse
from django.test import Client

from actions.outbox.worker import Worker
from tests.factories.postal import load_postal_codes
from tests.factories.representatives import RidingFactory
from tests.factories.subscribers import known_sender

URL = "/en/subscribe/"
INBOX = "/en/subscribe/check-your-inbox/"
ORIGIN = {"HTTP_ORIGIN": "http://testserver"}
ADDRESS = "tai-man@reader.example"


@pytest.fixture(autouse=True)
def site_settings(db):
    return known_sender()


@pytest.fixture
def riding(db):
    riding = RidingFactory(fed_num=35079, name_en="Ottawa Centre", name_fr="Ottawa-Centre")
    RidingFactory(fed_num=35078)
    RidingFactory(fed_num=24001)
    load_postal_codes(
        ("K1A0A6", 35079, 10), ("K1A0A1", 35079, 5), ("K1A0A1", 35078, 5), ("J8X1A1", 35079, 5), ("J8X1A1", 24001, 5)
    )
    return riding


def shown_in(page: str) -> str:
    """The hidden field of a page's form."""
    return html.unescape(re.search(r'name="shown" value="([^"]+)"', page)[1])


@pytest.fixture
def sign_up(client: Client, db) -> Callable[..., HttpResponse]:
    """Fill in the form of the page at ``url`` and send it."""

    def send(url: str = URL, **changes: Any) -> HttpResponse:
        shown = shown_in(client.get(url).content.decode())
        language = url.split("/")[1]
        data = {"email": ADDRESS, "name": "陳大文", "postal_code": "", "shown": shown, **changes}
        sent = {name: value for name, value in data.items() if value is not None}
        return client.post(f"/{language}/subscribe/", sent, **ORIGIN)

    return send


def mailed_link() -> str:
    """Send what waits and return the path of the link in the newest mail."""
    Worker().drain()
    return re.search(r"http://testserver(/\S+/confirm/[0-9a-f]{64}/)", mail.outbox[-1].body)[1]


def recipients() -> list[str]:
    return sorted(address for message in mail.outbox for address in message.recipients())
