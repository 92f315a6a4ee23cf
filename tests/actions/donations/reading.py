"""Filling in the giving form by test."""

from __future__ import annotations

import re

from actions.protection.tokens import issue_token

URL = "/en/act/donate/lights/"


def post(client, path: str = f"{URL}give/", /, *, token: str | None = "new", **fields):
    """Send the form as the page's script does; ``token=None`` as a browser without script does."""
    data = {"amount": "25", "frequency": "one_time", **fields}
    if token is not None:
        data["form_token"] = issue_token("donation") if token == "new" else token
    return client.post(
        path, {name: value for name, value in data.items() if value is not None}, HTTP_ORIGIN="http://testserver"
    )


def text_of(response) -> str:
    """What a reader sees: no tags, no runs of blanks; no-break spaces stay."""
    body = re.sub(r"<(script|style)\b.*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return re.sub(r"[ \n]+", " ", re.sub(r"<[^>]+>", " ", body))


def hidden(response, name: str) -> str:
    """The value of a hidden field of the last form that has it."""
    return re.findall(rf'name="{name}" value="([^"]*)"', response.content.decode())[-1]
