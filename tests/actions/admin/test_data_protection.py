"""Whoever answers for people's data forgets a person and reads who did what; nobody else does."""

from __future__ import annotations

import pytest
from django.urls import reverse

from actions.petitions.models import Signature
from actions.privacy import services
from actions.privacy.access import record_access
from actions.privacy.errors import ErasureIncompleteError
from actions.privacy.models import AccessLog
from tests.factories.petitions import PetitionFactory, confirmed

SIGNER = "canary@signer.example"
FORM = {"email": SIGNER, "reason": "request of 3 May", "is_checked": "on"}


@pytest.fixture
def erase_page(db) -> str:
    return reverse("privacy_erase")


@pytest.fixture
def log_page(db) -> str:
    return reverse("privacy_access_log")


@pytest.fixture
def signature(riding) -> Signature:
    return confirmed(PetitionFactory(), email=SIGNER, name="Canary Signer")


@pytest.mark.parametrize("who", ["data_protection", "administrator"])
def test_a_person_is_forgotten_everywhere_and_the_log_does_not_say_who(request, who, erase_page, signature):
    client = request.getfixturevalue(who)
    answer = client.post(erase_page, FORM)
    assert "2 records were erased" in answer.content.decode()  # the signature, and the mail with its link
    assert SIGNER not in answer.content.decode()
    signature.refresh_from_db()
    assert (signature.state, signature.contact) == ("withdrawn", "")
    entry = AccessLog.objects.get()
    assert (entry.verb, entry.subject, entry.reason) == ("erase", "one person", "request of 3 May")
    assert "Nothing is held about this address" in client.post(erase_page, FORM).content.decode()


@pytest.mark.parametrize("missing", ["email", "reason", "is_checked"])
def test_nothing_is_erased_without_address_reason_and_tick(data_protection, erase_page, signature, missing):
    answer = data_protection.post(erase_page, {**FORM, missing: ""})
    assert answer.status_code == 422
    data_protection.get(erase_page, FORM)
    signature.refresh_from_db()
    assert signature.state == "confirmed"
    assert not AccessLog.objects.exists()


def test_what_could_not_be_erased_is_told(data_protection, erase_page, signature, monkeypatch):
    def broken(*args, **kwargs):
        raise ErasureIncompleteError(erased=1, failed=2)

    monkeypatch.setattr("actions.privacy.admin.erase", broken)
    shown = data_protection.post(erase_page, FORM).content.decode()
    assert "2 records could not be erased." in shown


def test_the_log_is_read_newest_first(data_protection, log_page, count_queries):
    record_access(user=data_protection.user, verb="tell", subject="one person", reason="first", count=1)
    few = count_queries(data_protection, log_page)
    for number in range(60):
        record_access(user=None, verb="erase", subject="one person", reason=f"reason {number}", count=1)
    answer = data_protection.get(log_page)
    assert [row.reason for row in answer.context["object_list"]][:2] == ["reason 59", "reason 58"]
    assert "first" in data_protection.get(log_page, {"at": "end"}).content.decode()
    assert count_queries(data_protection, log_page) == few <= 40


def test_an_empty_log_says_so(data_protection, log_page):
    assert "Nothing is on record yet." in data_protection.get(log_page).content.decode()


@pytest.mark.parametrize("who", ["editor", "moderator", "campaigner", "finance"])
def test_others_neither_erase_nor_read(request, who, erase_page, log_page, signature):
    client = request.getfixturevalue(who)
    for answer in (client.get(erase_page), client.post(erase_page, FORM), client.get(log_page)):
        assert answer.status_code in (302, 403)
    signature.refresh_from_db()
    assert signature.state == "confirmed"
    assert services.tell(SIGNER)
