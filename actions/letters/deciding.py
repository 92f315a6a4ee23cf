"""What a person decides about letters and deliveries that wait for one: once, under a lock, and on record."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import models, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actions.letters import services
from actions.letters.delivery import LetterQueue
from actions.letters.models import Letter, LetterDelivery
from actions.letters.queueing import readdressed
from actions.letters.states import HeldReason, LetterState
from actions.letters.switches import current_switches
from actions.letters.too_late import is_too_late
from actions.outbox.deciding import Outcome
from actions.outbox.dispatch import RELEASED
from actions.outbox.states import DispatchState
from actions.privacy.access import record_access

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

    Staff = AbstractBaseUser | AnonymousUser


class Decision(models.TextChoices):
    RELEASE = "release", _("Let it go")
    REFUSE = "refuse", _("Refuse")
    ARRIVED = "arrived", _("It arrived")
    SEND_AGAIN = "send-again", _("Send it again")
    GIVE_UP = "give-up", _("Give up and tell the writer")


LETTER_DECISIONS = (Decision.RELEASE, Decision.REFUSE)
DELIVERY_DECISIONS = {
    DispatchState.UNCERTAIN: (Decision.ARRIVED, Decision.SEND_AGAIN, Decision.GIVE_UP),
    DispatchState.HELD: (Decision.SEND_AGAIN, Decision.GIVE_UP),
    DispatchState.FAILED: (),
}


def held_letters() -> QuerySet[Letter]:
    return Letter.objects.filter(state=LetterState.HELD).order_by("created_at", "pk")


def troubled_deliveries(state: str) -> QuerySet[LetterDelivery]:
    """Deliveries in one of the states of DELIVERY_DECISIONS; what its writer took back is nobody's trouble."""
    rows = LetterDelivery.objects.filter(state=state).exclude(held_reason=HeldReason.WITHDRAWN)
    return rows.order_by("created_at", "pk")


def decide_letter(*, letter_id: int, decision: Decision, user: Staff) -> Outcome:
    """Let a held letter go on or refuse it. Raises Letter.DoesNotExist, ValueError for a decision about deliveries."""
    if decision not in LETTER_DECISIONS:
        raise ValueError(decision)
    act = services.release if decision == Decision.RELEASE else services.refuse
    with transaction.atomic():
        before = Letter.objects.select_for_update().get(pk=letter_id)
        state = act(letter_id=letter_id)
        after = Letter.objects.only("held_reason").get(pk=letter_id)
        is_changed = (state, after.held_reason) != (before.state, before.held_reason)
        outcome = Outcome(state, is_changed=is_changed)
        if outcome.is_changed:
            _put_on_record(user, decision, f"letter {letter_id}")
    return outcome


def decide_delivery(*, delivery_id: int, decision: Decision, user: Staff, now: datetime | None = None) -> Outcome:
    """Settle an uncertain or held delivery, or queue it again. Raises LetterDelivery.DoesNotExist.

    One that would come too late stays held until an editor moves the moment from which it does.

    Sending again keeps the Message-ID, so that a mail server that has the letter already may drop the second one.
    """
    now = now or timezone.now()
    with transaction.atomic():
        row = LetterDelivery.objects.select_for_update().get(pk=delivery_id)
        if decision not in DELIVERY_DECISIONS.get(DispatchState(row.state), ()):
            return Outcome(DispatchState(row.state), is_changed=False)
        before = row.held_reason
        if decision == Decision.SEND_AGAIN and not may_go_on(row, now):
            is_changed = row.held_reason != before
            if is_changed:
                _put_on_record(user, decision, f"letter delivery {delivery_id}")
            return Outcome(DispatchState(row.state), is_changed=is_changed)
        _apply(row, decision, now)
        _put_on_record(user, decision, f"letter delivery {delivery_id}")
    return Outcome(DispatchState(row.state), is_changed=True)


def may_go_on(row: LetterDelivery, now: datetime) -> bool:
    """Return whether the letter would reach the same person in time; who waited for an election in vain is told."""
    is_for_election = row.held_reason == HeldReason.DISSOLVED
    if row.representative_id and current_switches().is_parliament_dissolved:
        return False
    if is_too_late(row.letter.letter_campaign, now):
        return False
    if readdressed(row):
        return True
    if is_for_election:
        row.held_reason = HeldReason.MP_CHANGED
        row.save(update_fields=["held_reason"])
        LetterQueue().settled(row, DispatchState.HELD, now)
    return False


def _apply(row: LetterDelivery, decision: Decision, now: datetime) -> None:
    columns: dict[str, Any]
    if decision == Decision.SEND_AGAIN:
        columns = {"state": DispatchState.QUEUED, "next_attempt_at": now, "settled_at": None, "held_reason": ""}
        columns |= {"attempts": 0, **RELEASED}
    elif decision == Decision.ARRIVED:
        columns = {"state": DispatchState.SENT, "settled_at": now, "held_reason": ""}
    else:
        reason = row.held_reason or HeldReason.NOT_KNOWN
        if reason == HeldReason.DISSOLVED:
            reason = HeldReason.AFTER_ELECTION
        columns = {"state": DispatchState.FAILED, "settled_at": now, "held_reason": reason}
    for name, value in columns.items():
        setattr(row, name, value)
    row.save(update_fields=list(columns))
    if row.state != DispatchState.QUEUED:
        LetterQueue().settled(row, DispatchState(row.state), now)


def _put_on_record(user: Staff, decision: Decision, subject: str) -> None:
    record_access(user=user, verb="decide", subject=subject, reason=decision.value, count=1)
