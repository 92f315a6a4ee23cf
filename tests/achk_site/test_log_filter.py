"""A log that somebody steals names nobody and opens nothing."""

from __future__ import annotations

import logging
import secrets

import pytest
from django.conf import settings
from django.test import Client

from achk_site.log_filter import WithoutPersonalData


def logged(message: str, *args: object) -> str:
    record = logging.LogRecord("django.request", logging.WARNING, __file__, 1, message, args, None)
    assert WithoutPersonalData().filter(record)
    return record.getMessage()


@pytest.mark.parametrize("attempt", range(20))
def test_a_mailed_links_secret_is_masked(attempt):
    secret = secrets.token_urlsafe(32)
    assert logged("Not Found: %s", f"/en/act/confirm/{secret}/") == "Not Found: /en/act/confirm/[secret]/"


def test_an_address_is_masked():
    assert logged("Refused %s and <%s>", "/en/may@example.org/", "a.b@c.ca") == "Refused /en/[address]/ and [address]"


def test_an_ordinary_line_stays_as_it_is():
    line = "Not Found: /en/act/letters/safe-harbour-second-reading/"
    assert logged(line) == line


@pytest.mark.django_db
def test_every_handler_of_the_project_masks(capsys):
    assert all("personal_data" in handler["filters"] for handler in settings.LOGGING["handlers"].values())
    secret = secrets.token_urlsafe(32)
    Client().get(f"/en/nowhere/{secret}/")
    shown = capsys.readouterr()
    assert secret not in shown.out + shown.err
