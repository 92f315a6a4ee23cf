"""An event, and a browser that posts from our own pages."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.http import HttpResponse
from django.test import Client

from actions.events.models import Event
from actions.outbox.worker import Worker
from tests.factories.events import make_event
from tests.factories.subscribers import known_sender

ORIGIN = {"HTTP_ORIGIN": "http://testserver"}
ADDRESS = "tai-man@guest.example"


@pytest.fixture(autouse=True)
def _site_settings(db):
    known_sender()


@pytest.fixture
def event(db) -> Event:
    return make_event(slug="evening")


@pytest.fixture
def ask(client: Client, event) -> Callable[..., HttpResponse]:
    def send(language: str = "en", **changes: Any) -> HttpResponse:
        data = {"name": "陳大文", "email": ADDRESS, "access_needs": "Captions, please", **changes}
        return client.post(f"/{language}/act/events/{event.slug}/", data, **ORIGIN)

    return send


def newest_mail() -> Any:
    Worker().drain()
    return mail.outbox[-1]


def confirm_link(message: Any = None) -> str:
    """The path of the last link of the kind in the newest mail: where there are two, it is the one to give back."""
    body = (message or newest_mail()).body
    return re.findall(r"http://testserver(/\S+/confirm/[0-9a-f]{64}/)", body)[-1]
