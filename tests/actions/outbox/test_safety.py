"""Where letters may go, whatever staff write into the lists of officials."""

from __future__ import annotations

import pytest

from actions.outbox.safety import is_allowed_recipient


@pytest.mark.parametrize("address", ["a@parl.gc.ca", "a@SEN.Parl.gc.ca", "a@parl.example", "a@x.test", "a@example.org"])
def test_letters_go_to_parliament_and_to_reserved_domains(address):
    assert is_allowed_recipient(address)


@pytest.mark.parametrize(
    "address",
    ["a@evil.ca", "a@x.parl.gc.ca", "a@parl.gc.ca.evil.ca", "a@evil.ca?@parl.gc.ca.", "a@test", "", "parl.gc.ca"],
)
def test_letters_go_nowhere_else(address):
    assert not is_allowed_recipient(address)


def test_whoever_runs_the_server_can_allow_another_domain(settings):
    settings.LETTER_DOMAINS = ["international.gc.ca"]
    assert is_allowed_recipient("minister@international.gc.ca")
    assert not is_allowed_recipient("a@parl.gc.ca")
