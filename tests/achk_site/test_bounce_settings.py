"""The mailbox of returned mail, as the environment names it."""

from __future__ import annotations

import pytest
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured

from achk_site.env import Mailbox, env, mailbox

NAME = "BOUNCE_MAILBOX_URL"


def read(monkeypatch, text: str) -> Mailbox | None:
    monkeypatch.setitem(env.ENVIRON, NAME, text)
    return mailbox(NAME)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", None),
        ("imaps://u:p@mail.example.org", Mailbox("mail.example.org", 993, "u", "p", "INBOX", True)),
        ("imaps://u%40x:p%3A%2F@h.example:9993/A/B%20C", Mailbox("h.example", 9993, "u@x", "p:/", "A/B C", True)),
        ("imap://u:p@localhost/INBOX", Mailbox("localhost", 143, "u", "p", "INBOX", False)),
        ("imap://u:p@127.0.0.1:1143/", Mailbox("127.0.0.1", 1143, "u", "p", "INBOX", False)),
    ],
)
def test_an_address_is_taken_apart(monkeypatch, text, expected):
    assert read(monkeypatch, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "mail.example.org",
        "https://u:p@mail.example.org",
        "imaps://mail.example.org",
        "imaps://u@mail.example.org",
        "imaps://u:p@",
        "imaps://u:p@mail.example.org:99999",
        "imaps://u:p@mail.example.org:x",
        "imaps://u:p%0D%0A@mail.example.org",
        "imap://u:p@mail.example.org",
        "imaps://[u:p@mail.example.org",
    ],
)
def test_what_cannot_be_a_mailbox_stops_the_start(monkeypatch, text):
    with pytest.raises(ImproperlyConfigured, match=NAME):
        read(monkeypatch, text)


def test_a_deployment_without_a_reader_of_bounces_is_warned(settings):
    def warnings() -> list[str]:
        return [one.id for one in run_checks(include_deployment_checks=True) if one.id == "outbox.W001"]

    assert warnings() == ["outbox.W001"]
    settings.BOUNCE_MAILBOX = Mailbox("h.example", 993, "u", "p", "INBOX", True)
    assert not warnings()
    settings.BOUNCE_MAILBOX, settings.ANYMAIL = None, {"WEBHOOK_SECRET": "a:b"}
    assert not warnings()
