from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

FORM = "/en/sample/form/"


class Visitor:
    """A browser on our own page; ``address`` is where its connection comes from."""

    def __init__(self, address: str = "198.51.100.7") -> None:
        self.client = Client(raise_request_exception=True, enforce_csrf_checks=True)
        self.address = address

    def send(self, data: dict[str, Any] | None = None, *, path: str = FORM, **extra: Any) -> HttpResponse:
        headers = {"origin": "http://testserver", **extra.pop("headers", {})}
        sent = {"name": "陳大文"} if data is None else data
        return self.client.post(path, sent, headers=headers, REMOTE_ADDR=self.address, **extra)


@pytest.fixture(autouse=True)
def sample_site(settings):
    settings.ROOT_URLCONF = "tests.sample_site"


@pytest.fixture
def visitor() -> Visitor:
    return Visitor()
