from __future__ import annotations

import pytest

from tests.actions.protection.conftest import Visitor

GIVE = "/en/sample/give/"


@pytest.fixture(autouse=True)
def sample_site(settings):
    settings.ROOT_URLCONF = "tests.challenge_site"


class Donor(Visitor):
    """Somebody before the sample form, which behaves as donations do."""

    def give(self, **fields: str):
        return self.send({"name": "陳大文", **fields}, path=GIVE)

    def challenge(self, query: str = "?action=donation", **headers: str):
        headers = headers or {"sec-fetch-site": "same-origin"}
        return self.client.get(f"/en/act/challenge/{query}", headers=headers)


@pytest.fixture
def donor() -> Donor:
    return Donor()
