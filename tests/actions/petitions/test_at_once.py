"""The same thing many times at the same moment has one effect; each thread is a web or worker process of its own."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from actions.confirmations import services as confirmations
from actions.outbox.models import OutboxMessage
from actions.petitions.models import GoalReached, Signature, Tally, TallyDelta
from actions.petitions.places import place_of
from actions.petitions.states import SignatureState
from actions.petitions.tally import add_up, add_up_all
from actions.protection.models import SpentToken
from actions.protection.tokens import issue_token
from tests.actions.petitions.reading import INBOX, post
from tests.factories.petitions import PetitionFactory, signed
from tests.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def press(path: str, **fields) -> int:
    return Client().post(path, fields, HTTP_ORIGIN="http://testserver").status_code


def path_of(signature: Signature) -> str:
    token = confirmations.issue(purpose="petition", object_id=signature.pk)
    return confirmations.link(token, language="en").removeprefix("http://testserver")


def test_fifty_identical_posts_make_one_confirmed_signature(petition):
    answers = at_once(50, lambda number: post(Client()))
    assert [(answer.status_code, answer["Location"]) for answer in answers] == [(303, INBOX)] * 50
    assert Signature.objects.count() == 1
    assert OutboxMessage.objects.count() == 6  # three now and three waiting: the cap
    path = path_of(Signature.objects.get())
    assert at_once(50, lambda number: press(path)) == [303] * 50
    add_up_all(timezone.now())
    assert Signature.objects.filter(state=SignatureState.CONFIRMED).count() == Tally.objects.get().confirmed == 1


def test_fifty_posts_of_one_attempt_are_one_signature_and_one_mail(petition):
    token = issue_token("petition")
    answers = at_once(50, lambda number: post(Client(), form_token=token))
    assert {answer.status_code for answer in answers} == {303}
    assert Signature.objects.count() == OutboxMessage.objects.count() == SpentToken.objects.count() == 1


def test_fifty_distinct_posts_make_fifty(petition):
    answers = at_once(50, lambda number: post(Client(), name=f"Signer {number}", email=f"s{number}@signer.example"))
    assert {answer.status_code for answer in answers} == {303}
    paths = [path_of(signature) for signature in Signature.objects.all()]
    assert at_once(50, lambda number: press(paths[number])) == [303] * 50
    at_once(4, lambda number: add_up_all(timezone.now()))
    assert Signature.objects.filter(state=SignatureState.CONFIRMED, slot=1).count() == 50
    assert Tally.objects.get().confirmed == 50


def test_many_forms_of_one_mailbox_confirmed_at_once_take_two_places(petition):
    names = ("陳大文", "陳小文", "陳三文", "陳四文")
    rows = [signed(petition, name=name, comment=str(number)) for number, name in enumerate(names * 2)]
    paths = [path_of(row) for row in rows]
    assert set(at_once(24, lambda number: press(paths[number % len(paths)]))) == {303}
    assert sorted(Signature.objects.filter(state="confirmed").values_list("slot", flat=True)) == [1, 2]
    names_counted = Signature.objects.filter(state="confirmed").values_list("name_fingerprint", flat=True)
    assert len(set(names_counted)) == 2


def test_pressing_both_buttons_at_once_counts_or_deletes_and_never_half(petition):
    path = path_of(signed(petition))
    at_once(20, lambda number: press(path, **({"intent": "withdraw"} if number % 2 else {})))
    signature = Signature.objects.get()
    assert (signature.state, signature.contact, signature.slot) == (SignatureState.WITHDRAWN, "", None)
    assert sum(TallyDelta.objects.values_list("change", flat=True)) == 0


def test_eight_workers_count_each_delta_once(petition):
    petition.goal = petition.goal_step = 100
    petition.save()
    riding = place_of("K1A0A6").riding
    TallyDelta.objects.bulk_create(TallyDelta(petition=petition, riding=riding, change=1) for _ in range(5_000))
    at_once(8, lambda number: [add_up(petition_id=petition.pk, now=timezone.now()) for _ in range(4)])
    assert Tally.objects.get().confirmed == 5_000
    assert not TallyDelta.objects.exists()
    assert GoalReached.objects.count() == 50


def test_the_first_signatures_of_a_new_petition_make_one_key(riding):
    petition = PetitionFactory(slug="open-door")
    at_once(10, lambda number: post(Client(), email="same@signer.example"))
    assert Signature.objects.filter(petition=petition).count() == 1
