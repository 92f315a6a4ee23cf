"""Filling in the signature form by test, and finding the mailed link."""

from __future__ import annotations

import re

from django.core import mail

from actions.outbox.worker import Worker

URL = "/en/act/petitions/open-door/"
INBOX = "/en/act/check-your-inbox/"
SIGNER = {"name": "陳大文", "email": "tai-man@signer.example", "postal_code": "K1A 0A6"}


def post(client, path: str = f"{URL}sign/", /, **fields):
    data = {name: value for name, value in {**SIGNER, **fields}.items() if value is not None}
    return client.post(path, data, HTTP_ORIGIN="http://testserver")


def press(client, link: str, **fields):
    return client.post(link, fields, HTTP_ORIGIN="http://testserver")


def mails_to(address: str) -> list:
    Worker().drain()
    return [message for message in mail.outbox if message.to == [address]]


def mailed_link(address: str = SIGNER["email"]) -> str:
    """The path of the link in the newest mail to the address."""
    return re.search(r"http://testserver(/\S+/confirm/[0-9a-f]{64}/)", mails_to(address)[-1].body)[1]
