from __future__ import annotations

from typing import Any

import pytest

from tests.actions.protection.conftest import Visitor

GIVE = "/en/sample/give/"


@pytest.fixture(autouse=True)
def sample_site(settings):
    settings.ROOT_URLCONF = "tests.challenge_site"


class Donor(Visitor):
    """Somebody before the sample form, which behaves as donations do."""

    def give(self, *, path: str = GIVE, **fields: Any):
        extra = {"headers": fields.pop("headers")} if "headers" in fields else {}
        return self.send({"name": "陳大文", **fields}, path=path, **extra)

    def challenge(self, query: str = "?action=donation", **headers: str):
        headers = headers or {"sec-fetch-site": "same-origin"}
        return self.client.get(f"/en/act/challenge/{query}", headers=headers)


@pytest.fixture
def donor() -> Donor:
    return Donor()
