"""A person decides about held letters and about deliveries of which nobody knows enough; once, and on record."""

from __future__ import annotations

import pytest
from django.urls import reverse

from actions.letters.deciding import Decision, decide_delivery, decide_letter
from actions.letters.models import Letter, LetterDelivery
from actions.letters.services import confirm
from actions.letters.states import HeldReason, LetterState
from actions.outbox.models import OutboxMessage
from actions.outbox.states import DispatchState
from actions.privacy.models import AccessLog
from actions.privacy.retention import blank
from actions.representatives.models import Representative
from tests.factories.letters import written_letter

CANARIES = ("Canary Writer", "canary@writer.example", "Canary Street", "canary words", "canary subject")


def held_letter(letter_campaign, riding, **changes) -> Letter:
    return written_letter(
        letter_campaign,
        riding=riding,
        name="Canary Writer",
        email="canary@writer.example",
        street_address="9 Canary Street",
        own_words="canary words",
        subject="canary subject",
        held_reason=HeldReason.LIMIT,
        **changes,
    )


@pytest.fixture
def letter(letter_campaign, riding) -> Letter:
    return held_letter(letter_campaign, riding)


@pytest.fixture
def delivery(letter_campaign, riding) -> LetterDelivery:
    """Handed over, but the answer of the mail server was lost."""
    letter = held_letter(letter_campaign, riding, wants_copy=True)
    confirm(letter_id=letter.pk)
    decide_letter(letter_id=letter.pk, decision=Decision.RELEASE, user=None)
    AccessLog.objects.all()._raw_delete("default")
    delivery = letter.deliveries.get()
    delivery.state, delivery.attempts = DispatchState.UNCERTAIN, 3
    delivery.save()
    return delivery


@pytest.fixture
def page() -> str:
    return reverse("letters_to_decide")


def mails(kind: str) -> int:
    return OutboxMessage.objects.filter(kind=kind).count()


def decide(client, page, **fields) -> None:
    assert client.post(page, fields).status_code == 302


def test_the_page_lists_held_letters_without_their_writer(moderator, page, letter):
    shown = moderator.get(page).content.decode()
    assert "many letters from one address range" in shown
    assert "Second reading" in shown
    assert "Let it go" in shown
    assert not [canary for canary in CANARIES if canary in shown]


def test_a_letter_let_go_waits_for_its_writer_or_goes_to_the_recipients(moderator, page, letter):
    decide(moderator, page, letter=letter.pk, decision="release")
    letter.refresh_from_db()
    assert letter.state == LetterState.PENDING
    entry = AccessLog.objects.get()
    assert (entry.username, entry.verb, entry.subject) == ("moderator", "decide", f"letter {letter.pk}")
    assert entry.reason == "release"


def test_a_refused_letter_loses_its_text(moderator, page, letter):
    decide(moderator, page, letter=letter.pk, decision="refuse")
    letter.refresh_from_db()
    assert (letter.state, letter.body) == (LetterState.REFUSED, "")


def test_a_letter_whose_text_is_gone_is_not_let_go(moderator, page, letter):
    confirm(letter_id=letter.pk)
    blank(Letter.objects.get(pk=letter.pk))
    decide(moderator, page, letter=letter.pk, decision="release")
    letter.refresh_from_db()
    assert letter.state == LetterState.HELD
    assert not letter.deliveries.exists()
    assert not AccessLog.objects.exists()


def test_a_letter_to_a_member_who_left_stays_held(moderator, page, letter):
    confirm(letter_id=letter.pk)
    Representative.objects.update(is_current=False)
    decide(moderator, page, letter=letter.pk, decision="release")
    letter.refresh_from_db()
    assert letter.state == LetterState.HELD


def test_the_page_shows_uncertain_deliveries_with_what_helps_to_decide(moderator, page, delivery):
    shown = moderator.get(page).content.decode()
    for expected in ("Jordan Lee", "uncertain", delivery.message_id.strip("<>").split("@")[0], "It arrived"):
        assert expected in shown
    assert not [canary for canary in CANARIES if canary in shown]


def test_a_delivery_that_arrived_is_sent_and_its_writer_gets_the_copy(moderator, page, delivery):
    decide(moderator, page, delivery=delivery.pk, decision="arrived")
    delivery.refresh_from_db()
    assert delivery.state == DispatchState.SENT
    assert mails("letter.copy") == 1


def test_a_delivery_sent_again_keeps_its_message_id_and_starts_counting_anew(moderator, page, delivery):
    decide(moderator, page, delivery=delivery.pk, decision="send-again")
    again = LetterDelivery.objects.get()
    assert (again.state, again.attempts, again.handed_over_at) == (DispatchState.QUEUED, 0, None)
    assert again.message_id == delivery.message_id


def test_giving_up_tells_the_writer_once(moderator, page, delivery):
    for _click in range(2):
        decide(moderator, page, delivery=delivery.pk, decision="give-up")
    delivery.refresh_from_db()
    assert (delivery.state, delivery.held_reason) == (DispatchState.FAILED, HeldReason.NOT_KNOWN)
    assert mails("letter.trouble") == 1
    assert AccessLog.objects.count() == 1


def test_the_second_of_two_people_changes_nothing(moderator, delivery):
    user = moderator.user
    first = decide_delivery(delivery_id=delivery.pk, decision=Decision.ARRIVED, user=user)
    second = decide_delivery(delivery_id=delivery.pk, decision=Decision.SEND_AGAIN, user=user)
    assert (first.is_changed, second.is_changed) == (True, False)
    assert second.state == DispatchState.SENT


@pytest.mark.parametrize("state", [DispatchState.QUEUED, DispatchState.SENDING, DispatchState.SENT])
def test_what_needs_no_person_cannot_be_decided(moderator, page, delivery, state):
    LetterDelivery.objects.update(state=state)
    for decision in Decision:
        moderator.post(page, {"delivery": delivery.pk, "decision": decision})
    delivery.refresh_from_db()
    assert delivery.state == state


def test_a_failed_delivery_is_never_queued_again(moderator, page, delivery):
    LetterDelivery.objects.update(state=DispatchState.FAILED, held_reason=HeldReason.SAFETY_CATCH, last_code=550)
    shown = moderator.get(page).content.decode()
    assert "safety catch" in shown
    assert "550" in shown
    assert 'name="decision"' not in shown
    decide(moderator, page, delivery=delivery.pk, decision="send-again")
    delivery.refresh_from_db()
    assert delivery.state == DispatchState.FAILED


def test_what_its_writer_took_back_is_not_listed(moderator, page, delivery):
    LetterDelivery.objects.update(state=DispatchState.FAILED, held_reason=HeldReason.WITHDRAWN)
    assert "Jordan Lee" not in moderator.get(page + "?show=failed").content.decode()


def test_an_empty_list_says_so(moderator, page):
    for kind in ("letters", "uncertain", "held", "failed", "mails", "failed-mails"):
        assert "Nothing waits here." in moderator.get(f"{page}?show={kind}").content.decode()


def test_long_lists_have_pages(moderator, page, letter_campaign, riding):
    for number in range(26):
        written_letter(letter_campaign, riding=riding, email=f"w{number}@writer.example", held_reason=HeldReason.LIMIT)
    second = moderator.get(f"{page}?show=letters&p=2")
    assert len(second.context["object_list"]) == 1
    for odd in ("999", "-1", "x", ""):
        assert moderator.get(f"{page}?show=letters&p={odd}").status_code == 200


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"letter": "1", "decision": "arrived"},
        {"letter": "999999", "decision": "release"},
        {"delivery": "9" * 30, "decision": "arrived"},
        {"delivery": "x", "decision": "arrived"},
        {"delivery": "1", "decision": "explode"},
        {"letter": "１", "decision": "release"},
        {"mail": "1", "decision": "arrived"},
        {"mail": "999999", "decision": "give-up"},
        {"mail": "9" * 30, "decision": "send-again"},
    ],
)
def test_nonsense_is_refused(moderator, page, fields):
    assert moderator.post(page, fields).status_code == 400


def test_looking_decides_nothing(moderator, page, letter):
    moderator.get(page, {"letter": letter.pk, "decision": "release"})
    letter.refresh_from_db()
    assert letter.state == LetterState.HELD


def test_editors_and_strangers_are_turned_away(editor, client, page, letter):
    for visitor in (editor, client):
        assert visitor.get(page).status_code in (302, 403)
        assert visitor.post(page, {"letter": letter.pk, "decision": "release"}).status_code in (302, 403)
    letter.refresh_from_db()
    assert letter.state == LetterState.HELD
    assert page not in editor.get("/admin/").content.decode()


def test_another_site_cannot_decide_for_a_moderator(moderator, page, letter):
    moderator.handler.enforce_csrf_checks = True
    assert moderator.post(page, {"letter": letter.pk, "decision": "release"}).status_code == 403
