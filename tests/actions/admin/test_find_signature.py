"""Somebody who asks about themselves is found, by whoever may look, with a reason and on record."""

from __future__ import annotations

import logging

import pytest
from django.urls import reverse

from actions.petitions import finding, services
from actions.petitions.ending import destroy_record_key
from actions.privacy import addresses
from actions.privacy.models import AccessLog
from tests.factories.petitions import PetitionFactory, confirmed, signed

SIGNER = "Tai.Man+petition@gmail.com"
REASON = "request of 3 May"


@pytest.fixture
def page(db) -> str:
    return reverse("petitions_find")


@pytest.fixture
def signatures(riding):
    first, second = PetitionFactory(name="First petition"), PetitionFactory(name="Second petition")
    confirmed(first, email="someone@signer.example", name="Somebody Else")
    return [confirmed(first, email=SIGNER, name="Canary Signer"), signed(second, email="taiman@gmail.com")]


def look(client, page: str, **changes):
    return client.post(page, {"email": SIGNER, "reason": REASON, **changes})


@pytest.mark.parametrize("who", ["data_protection", "administrator"])
@pytest.mark.parametrize("typed", [SIGNER, "taiman@googlemail.com", "ＴＡＩＭＡＮ＠gmail.com"])
def test_all_signatures_of_the_mailbox_are_found_however_it_is_spelled(request, who, typed, page, signatures):
    answer = look(request.getfixturevalue(who), page, email=typed)
    shown = answer.content.decode()
    assert answer.status_code == 200
    assert "2 signatures of this address" in shown
    for expected in ("First petition", "Second petition", "Ottawa Centre", "confirmed and counted"):
        assert expected in shown
    assert "Canary Signer" not in shown
    assert "gmail.com" not in shown
    assert "no-store" in answer["Cache-Control"]


def test_that_somebody_looked_is_on_record_and_not_for_whom(data_protection, page, signatures, caplog):
    with caplog.at_level(logging.DEBUG):
        look(data_protection, page)
    entry = AccessLog.objects.get()
    assert (entry.username, entry.verb, entry.reason, entry.count) == ("privacy", "find", REASON, 2)
    assert "gmail" not in f"{entry.subject} {entry.reason} {caplog.text}"
    look(data_protection, page, email="nobody@signer.example")
    assert AccessLog.objects.first().count == 0


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"reason": ""}, "This field is required"),
        ({"reason": "why"}, "at least 5"),
        ({"reason": "x" * 201}, "at most 200"),
        ({"reason": f"asked by {SIGNER}"}, "Leave the address out"),
        ({"email": "no address"}, "should look like"),
        ({"email": ""}, "Enter your e-mail address."),
        ({"email": "%@gmail.com' OR 1=1 --"}, "should look like"),
    ],
)
def test_without_an_address_and_a_reason_nobody_looks(data_protection, page, signatures, changes, complaint):
    answer = look(data_protection, page, **changes)
    assert answer.status_code == 422
    assert complaint in answer.content.decode()
    assert "of this address" not in answer.content.decode()
    assert not AccessLog.objects.exists()


def test_an_address_in_the_query_finds_nothing(data_protection, page, signatures):
    answer = data_protection.get(page, {"email": SIGNER, "reason": REASON})
    assert "First petition" not in answer.content.decode()
    assert not AccessLog.objects.exists()


def test_who_took_the_signature_back_is_not_found(data_protection, page, signatures):
    services.withdraw(signature_id=signatures[0].pk)
    assert "1 signature of this address" in look(data_protection, page).content.decode()


def test_once_the_key_is_destroyed_nobody_is_found(data_protection, page, signatures):
    for row in signatures:
        destroy_record_key("petition", row.petition_id)
    assert "No signature of this address" in look(data_protection, page).content.decode()


def test_a_fingerprint_by_older_rules_is_found_too(data_protection, page, signatures, monkeypatch):
    newer = {**addresses._RULES, 2: {}}  # in which dots matter
    monkeypatch.setattr(addresses, "_RULES", newer)
    monkeypatch.setattr(finding, "RULES_VERSIONS", (1, 2))
    assert "2 signatures of this address" in look(data_protection, page).content.decode()
    monkeypatch.setattr(finding, "RULES_VERSIONS", (2,))
    assert "No signature of this address" in look(data_protection, page).content.decode()


@pytest.mark.parametrize("who", ["editor", "moderator", "campaigner", "finance"])
def test_others_cannot_look(request, who, page, signatures):
    assert look(request.getfixturevalue(who), page).status_code in (302, 403)
    assert not AccessLog.objects.exists()


def test_looking_costs_the_same_for_two_petitions_and_for_fifty(data_protection, page, signatures, count_queries):
    few = count_queries(data_protection, page, post={"email": SIGNER, "reason": REASON})
    for number in range(48):
        signed(PetitionFactory(texts=["en"]), email=f"p{number}@signer.example")
    assert count_queries(data_protection, page, post={"email": SIGNER, "reason": REASON}) == few <= 40
