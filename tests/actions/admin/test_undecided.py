"""Held signatures are decided once each, by people who may, in their turn, and on record."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from actions.outbox.worker import Worker
from actions.petitions.models import Petition, Signature, Tally
from actions.privacy.models import AccessLog
from tests.factories.petitions import PetitionFactory, confirmed, signed, undecided

CANARIES = ("Canary Signer", "canary@signer.example", "canary words")


@pytest.fixture
def page(db) -> str:
    return reverse("petitions_undecided")


@pytest.fixture
def petition(riding):
    return PetitionFactory()


@pytest.fixture
def held(petition) -> list[Signature]:
    return [undecided(petition, email=f"h{n}@signer.example", name=f"Held {n}") for n in range(3)]


def several_form(client, address: str) -> dict[str, str]:
    return {"shown": re.search(r'name="shown" value="([^"]+)"', client.get(address).content.decode())[1]}


def states() -> list[str]:
    return list(Signature.objects.order_by("pk").values_list("state", flat=True))


def counted() -> int:
    Worker().drain()
    return Tally.objects.get().confirmed if Tally.objects.exists() else 0


def test_the_longest_waiting_stands_first_and_only_what_its_signer_confirmed(moderator, page, petition, held):
    signed(petition, email="waits@signer.example", name="Waits", held_reason="limit")
    confirmed(petition, email="counts@signer.example", name="Counts")
    Signature.objects.filter(pk=held[2].pk).update(confirmed_at=timezone.now() - timedelta(days=4))
    answer = moderator.get(page)
    assert [row.pk for row in answer.context["object_list"]] == [held[2].pk, held[0].pk, held[1].pk]
    shown = answer.content.decode()
    assert "4\xa0days" in shown
    assert "many signatures from one address range" in shown


def test_nobodys_name_stands_in_the_queue(moderator, page, petition):
    undecided(petition, name="Canary Signer", email="canary@signer.example", comment="canary words", show_name=True)
    shown = moderator.get(page).content.decode()
    assert not [canary for canary in CANARIES if canary in shown]


def test_each_decision_counts_once_and_stands_in_the_log_with_the_reason_of_the_doubt(moderator, page, held):
    for _ in range(2):
        moderator.post(page, {"signature": held[0].pk, "decision": "release"})
        moderator.post(page, {"signature": held[1].pk, "decision": "invalidate"})
    assert states() == ["confirmed", "invalidated", "held"]
    assert counted() == 1
    entries = AccessLog.objects.filter(verb="decide").order_by("pk").values_list("username", "subject", "reason")
    assert list(entries) == [
        ("moderator", f"signature {held[0].pk}", "release; held: limit"),
        ("moderator", f"signature {held[1].pk}", "invalidate; held: limit"),
    ]
    assert set(Signature.objects.values_list("held_reason", flat=True)) == {"limit"}


def test_several_that_are_ticked_are_decided_at_once(moderator, page, held):
    form = several_form(moderator, page)
    ticked = [row.pk for row in held[:2]]
    for _ in range(2):
        answer = moderator.post(page, {**form, "tick": ticked, "decision": "release"}, follow=True)
    assert "2 rows were not changed" in answer.content.decode()
    assert states() == ["confirmed", "confirmed", "held"]
    assert counted() == 2


def test_rows_that_were_not_on_the_page_and_forged_lists_are_refused(moderator, superuser, page, petition, held):
    form = several_form(moderator, page)
    later = undecided(petition, email="later@signer.example", name="Later")
    foreign = several_form(superuser, page)
    for posted in (
        {**form, "tick": [later.pk], "decision": "invalidate"},
        {**foreign, "tick": [held[0].pk], "decision": "invalidate"},
        {**form, "tick": [held[0].pk], "decision": "delete"},
        {**form, "tick": ["x"], "decision": "release"},
        {"shown": "forged", "tick": [held[0].pk], "decision": "release"},
        {"signature": "x", "decision": "release"},
        {"signature": 10**30, "decision": "release"},
        {"signature": held[0].pk, "decision": "delete"},
        {},
    ):
        assert moderator.post(page, posted).status_code == 400, posted
    assert set(states()) == {"held"}
    assert not AccessLog.objects.exists()


def test_one_whose_mailbox_has_signed_meanwhile_does_not_count_twice(moderator, page, petition):
    row = undecided(petition)
    Signature.objects.filter(pk=row.pk).update(confirmed_at=timezone.now())
    twin = confirmed(petition, comment="Another form")
    assert twin.state == "confirmed"
    answer = moderator.post(page, {"signature": row.pk, "decision": "release"}, follow=True)
    assert "this mailbox has signed already" in answer.content.decode()
    assert counted() == 1


def test_a_decision_days_after_the_end_still_counts_and_can_be_taken_back(moderator, page, petition, held):
    confirmed(petition)
    assert counted() == 1
    Petition.objects.update(closes_at=timezone.now() - timedelta(days=5))
    list_page = reverse("petitions_signatures")
    for address, decision, expected in (
        (page, "release", 2), (list_page, "invalidate", 1), (list_page, "release", 2)
    ):  # fmt: skip
        moderator.post(address, {"signature": held[0].pk, "decision": decision})
        assert counted() == expected


def test_once_the_data_of_signers_are_gone_nothing_is_decided_any_more(moderator, page, petition, held):
    Petition.objects.update(
        closes_at=timezone.now() - timedelta(days=400), opens_at=timezone.now() - timedelta(days=500)
    )
    answer = moderator.post(page, {"signature": held[0].pk, "decision": "release"}, follow=True)
    assert "nothing was changed" in answer.content.decode()
    assert set(states()) == {"held"}
    assert counted() == 0


def test_the_empty_queue_says_so_and_the_front_page_is_silent(moderator, page, petition):
    assert "Nothing waits for a decision." in moderator.get(page).content.decode()
    assert "waits for a decision" not in moderator.get(reverse("wagtailadmin_home")).content.decode()


def test_the_front_page_tells_how_many_wait_and_how_long(moderator, editor, page, held):
    Signature.objects.filter(pk=held[1].pk).update(confirmed_at=timezone.now() - timedelta(days=2))
    shown = moderator.get(reverse("wagtailadmin_home")).content.decode()
    assert "3 held signatures wait for a decision, the oldest for 2\xa0days." in shown
    assert page in shown
    assert "held signature" not in editor.get(reverse("wagtailadmin_home")).content.decode()


def test_get_decides_nothing_and_another_site_cannot(moderator, page, held):
    moderator.get(page, {"signature": held[0].pk, "decision": "release"})
    moderator.handler.enforce_csrf_checks = True
    assert moderator.post(page, {"signature": held[0].pk, "decision": "release"}).status_code == 403
    assert set(states()) == {"held"}
