"""An official's address that sends mail back: letters wait, writers know, new visitors are told, staff mend it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from actions.letters import services
from actions.letters.compose import addressee
from actions.letters.deciding import Decision, decide_delivery
from actions.letters.models import LetterDelivery
from actions.letters.states import LetterState
from actions.letters.waiting_for_address import release_corrected, say_it_works, waiting_counts
from actions.letters.whom import still_meant
from actions.outbox.bounce_wait import count_as_delivered
from actions.outbox.bounces import BounceKind, record_bounce
from actions.outbox.models import PaceGate
from actions.outbox.outcomes import failure_for
from actions.outbox.return_path import token_for, turn_of
from actions.outbox.states import DispatchState
from actions.outbox.transports import BackendTransport
from actions.outbox.worker import Worker
from actions.privacy.models import AccessLog
from actions.representatives.address_trouble import AddressTrouble
from actions.representatives.lookup import find_ridings
from actions.representatives.models import Representative
from actions.wordings.services import current_version
from tests.actions.letters.reading import URL, WRITER, post, words_of
from tests.factories.letters import LetterCampaignFactory, addressees, submission
from tests.factories.representatives import RecipientFactory, RepresentativeFactory

MP = "jordan.lee@parl.example"


class Refusing(BackendTransport):
    """Refuses letters to the MP with a code and a status."""

    def __init__(self, code=550, status="5.1.1"):
        self.code, self.status = code, status

    def send(self, message, *, hand_over):
        if message.to == [MP]:
            raise failure_for(self.code, self.status)
        super().send(message, hand_over=hand_over)


def confirmed(letter_campaign, riding, email="tai-man@writer.example") -> LetterDelivery:
    """A letter that was written while the address still worked."""
    letter = services.write(
        letter_campaign=letter_campaign,
        wording_version=current_version(letter_campaign.wordings.get(locale__language_code="en")),
        people=[addressee(meant, language="en") for meant in still_meant(letter_campaign, riding)],
        submission=submission(riding=riding, email=email),
    )
    services.confirm(letter_id=letter.pk)
    return LetterDelivery.objects.get(letter=letter)


def drain(transport=None) -> None:
    """Everything that is due, whatever the pace."""
    for _ in range(4):
        PaceGate.objects.all().delete()
        Worker(transport=transport).drain()


def stored(delivery) -> tuple[str, str]:
    row = LetterDelivery.objects.get(pk=delivery.pk)
    return row.state, row.held_reason


def to_writer(words: str, email="tai-man@writer.example") -> list:
    return [one for one in mail.outbox if one.to == [email] and words in one.body]


@pytest.fixture
def dead(member):
    now = timezone.now() - timedelta(hours=1)
    return AddressTrouble.objects.create(address=MP, status="5.1.1", count=1, opened_at=now, first_seen_at=now)


@pytest.mark.parametrize("status", ["5.1.1", "5.1.10", "5.2.1", "5.1.0"])
def test_a_refusal_because_of_the_address_fails_that_letter_and_holds_the_others(letter_campaign, riding, status):
    first = confirmed(letter_campaign, riding)
    others = [confirmed(letter_campaign, riding, f"w{n}@writer.example") for n in range(2)]
    drain(Refusing(550, status))
    assert stored(first) == ("failed", "")
    assert [stored(one) for one in others] == [("held", "dead-address")] * 2
    trouble = AddressTrouble.objects.get()
    assert (trouble.address, trouble.status, trouble.count, trouble.is_open) == (MP, status, 1, True)
    assert waiting_counts([MP]) == {MP: 2}


@pytest.mark.parametrize(("code", "status"), [(550, "5.7.1"), (554, ""), (552, ""), (550, "5.1.8"), (550, "")])
def test_a_refusal_for_another_reason_says_nothing_about_the_address(letter_campaign, riding, code, status):
    delivery = confirmed(letter_campaign, riding)
    drain(Refusing(code, status))
    assert stored(delivery)[0] == DispatchState.FAILED
    assert not AddressTrouble.objects.exists()


def test_a_bounce_that_says_so_opens_it_too(letter_campaign, riding):
    delivery = confirmed(letter_campaign, riding)
    drain()
    record_bounce(token=token_for(queue_name="letters", pk=delivery.pk), kind=BounceKind.HARD, status="5.1.1")
    waiting = confirmed(letter_campaign, riding, "later@writer.example")
    drain()
    assert stored(waiting) == ("held", "dead-address")


def soft_bounce(delivery, status="4.2.2"):
    LetterDelivery.objects.filter(pk=delivery.pk).update(state=DispatchState.SENT, settled_at=timezone.now())
    turn = turn_of(LetterDelivery.objects.get(pk=delivery.pk))
    token = token_for(queue_name="letters", pk=delivery.pk, turn=turn)
    record_bounce(token=token, kind=BounceKind.SOFT, status=status)


def test_bounces_for_now_count_only_when_there_are_three_in_a_row(letter_campaign, riding):
    first, second, third, arriving = (confirmed(letter_campaign, riding, f"w{n}@writer.example") for n in range(4))
    soft_bounce(first), soft_bounce(second)
    assert not AddressTrouble.objects.get().is_open
    LetterDelivery.objects.filter(pk=arriving.pk).update(state=DispatchState.SENT, settled_at=timezone.now())
    count_as_delivered(timezone.now() + timedelta(hours=49))
    assert AddressTrouble.objects.get().soft_bounces == 0
    LetterDelivery.objects.update(soft_bounces=0)
    soft_bounce(first), soft_bounce(second)
    assert not AddressTrouble.objects.get().is_open
    soft_bounce(third)
    assert AddressTrouble.objects.get().is_open


def test_one_letter_that_comes_back_again_and_again_or_is_not_wanted_opens_nothing(letter_campaign, riding):
    delivery = confirmed(letter_campaign, riding)
    for _turn in range(4):
        soft_bounce(delivery)
    others = [confirmed(letter_campaign, riding, f"w{n}@writer.example") for n in range(4)]
    for other in others:
        soft_bounce(other, status="4.7.1")
    assert not AddressTrouble.objects.filter(opened_at__isnull=False, closed_at=None).exists()


def test_the_writer_of_a_letter_that_waits_is_told_so_once_and_told_again_when_it_is_given_up(
    letter_campaign, riding, dead
):
    delivery = confirmed(letter_campaign, riding)
    drain()
    drain()
    [told] = to_writer("does not arrive at the moment")
    assert "Your letter waits here and leaves by itself" in told.body
    assert "Please vote for it." in told.body
    decide_delivery(delivery_id=delivery.pk, decision=Decision.GIVE_UP, user=None)
    drain()
    assert "Nothing is lost" in to_writer("does not arrive at the moment")[-1].body
    assert len(to_writer("does not arrive at the moment")) == 2


def test_when_somebody_says_that_it_works_what_waits_leaves_and_it_is_on_record(letter_campaign, riding, dead):
    delivery = confirmed(letter_campaign, riding)
    drain()
    assert [say_it_works(trouble_id=dead.pk, user=None) for _ in range(2)] == [True, False]
    entry = AccessLog.objects.get()
    assert (entry.verb, entry.subject, entry.count) == ("decide", f"address {dead.pk}", 1)
    assert "@" not in entry.subject + entry.reason
    drain()
    assert stored(delivery) == ("sent", "")


def test_bounces_of_letters_from_before_do_not_close_it_again(letter_campaign, riding):
    early = confirmed(letter_campaign, riding)
    late = confirmed(letter_campaign, riding, "late@writer.example")
    drain()
    record_bounce(token=token_for(queue_name="letters", pk=early.pk), kind=BounceKind.HARD, status="5.1.1")
    say_it_works(trouble_id=AddressTrouble.objects.get().pk, user=None)
    record_bounce(token=token_for(queue_name="letters", pk=late.pk), kind=BounceKind.HARD, status="5.1.1")
    assert not AddressTrouble.objects.get().is_open
    after = confirmed(letter_campaign, riding, "after@writer.example")
    drain()
    record_bounce(token=token_for(queue_name="letters", pk=after.pk), kind=BounceKind.HARD, status="5.1.1")
    assert AddressTrouble.objects.get().is_open


def test_correcting_the_address_closes_it_and_the_letters_leave_for_the_new_one(letter_campaign, riding, member, dead):
    delivery = confirmed(letter_campaign, riding)
    drain()
    release_corrected(timezone.now())
    assert stored(delivery) == ("held", "dead-address")
    Representative.objects.filter(pk=member.pk).update(email="new@parl.example")
    release_corrected(timezone.now())
    assert not AddressTrouble.objects.get().is_open
    drain()
    assert stored(delivery) == ("sent", "")
    assert [one.to for one in mail.outbox if "Please vote" in one.body][-1] == ["new@parl.example"]


def test_a_letter_that_waits_for_somebody_who_leaves_goes_to_nobody_else_and_its_writer_is_told(
    letter_campaign, riding, member, dead
):
    delivery = confirmed(letter_campaign, riding)
    drain()
    Representative.objects.filter(pk=member.pk).update(is_current=False)
    successor = RepresentativeFactory(riding=riding)
    release_corrected(timezone.now())
    drain()
    assert stored(delivery) == ("held", "mp-changed")
    assert not [one for one in mail.outbox if one.to == [successor.email]]
    assert to_writer("Member of Parliament or the address has changed")


def test_a_letter_written_before_is_confirmed_as_usual_and_then_waits(letter_campaign, riding, dead):
    delivery = confirmed(letter_campaign, riding)
    assert delivery.letter.state == LetterState.CONFIRMED
    drain()
    assert stored(delivery) == ("held", "dead-address")


def test_only_the_dead_address_is_left_out(riding, dead):
    minister, copied = RecipientFactory(), RecipientFactory(email=MP.upper())
    campaign = LetterCampaignFactory(recipients=[minister], copies=[copied])
    found = addressees(campaign, riding=riding)
    assert [one.email for one in found] == [minister.email]


@pytest.mark.django_db
def test_a_new_visitor_is_told_that_the_mp_cannot_be_reached_by_mail_now(client, letter_campaign, riding, dead):
    assert not find_ridings("K1A 0A6").matches[0].has_email
    found = words_of(post(client, f"{URL}find/", {"postal_code": "K1A 0A6"}).content.decode())
    assert "Mail to this MP does not arrive at the moment." in found
    assert "no published e-mail address" not in found
    assert "1 613 555-0100" in found
    sent = post(client, f"{URL}write/", {**WRITER, "intent": "send"})
    assert sent.status_code == 422
    assert "Please vote for C-400." in sent.content.decode()
    AddressTrouble.objects.update(closed_at=timezone.now())
    assert "does not arrive" not in post(client, f"{URL}find/", {"postal_code": "K1A 0A6"}).content.decode()
