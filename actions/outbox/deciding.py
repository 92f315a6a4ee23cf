"""What a person decides about mails to supporters that did not leave by themselves: once, under a lock, on record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import models, transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from actions.outbox.clock import database_now
from actions.outbox.dispatch import RELEASED
from actions.outbox.models import OutboxMessage
from actions.outbox.states import NOT_WANTED, DispatchState
from actions.outbox.supporter_mail import OutboxQueue
from actions.privacy.access import record_access

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

UNDECIDED = (DispatchState.HELD, DispatchState.UNCERTAIN)


class MailDecision(models.TextChoices):
    SEND_AGAIN = "send-again", _("Send it again")
    GIVE_UP = "give-up", _("Give up")


@dataclass(frozen=True)
class Outcome:
    """The state after a decision; ``is_changed`` is False when somebody was faster or the decision does not apply."""

    state: models.TextChoices
    is_changed: bool


def _without_text() -> QuerySet[Any]:
    """The mails by their plain columns only; ``has_text`` says whether there is still something to send."""
    return OutboxMessage.objects.defer("payload").annotate(has_text=Q(payload__isblank=False))


def undecided_mails() -> QuerySet[Any]:
    return _without_text().filter(state__in=UNDECIDED).order_by("created_at", "pk")


def failed_mails() -> QuerySet[Any]:
    """Mails that did not arrive; what nobody wanted any more is nobody's trouble."""
    failed = _without_text().filter(state=DispatchState.FAILED).exclude(held_reason=NOT_WANTED)
    return failed.order_by("-created_at", "-pk")


def decisions_about(row: Any) -> tuple[MailDecision, ...]:
    """Return what may be decided about a row of this module; a mail whose text is gone can only be given up."""
    if row.state not in UNDECIDED:
        return ()
    return (MailDecision.SEND_AGAIN, MailDecision.GIVE_UP) if row.has_text else (MailDecision.GIVE_UP,)


def decide_mail(*, mail_id: int, decision: MailDecision, user: AbstractBaseUser | AnonymousUser | None) -> Outcome:
    """Queue a held or uncertain mail again, under its old Message-ID, or give it up and delete its text.

    Raises OutboxMessage.DoesNotExist.
    """
    now = database_now()
    with transaction.atomic():
        row = _without_text().select_for_update().get(pk=mail_id)
        if decision not in decisions_about(row):
            return Outcome(DispatchState(row.state), is_changed=False)
        state = _apply(row, decision, now)
        record_access(user=user, verb="decide", subject=f"outbox mail {mail_id}", reason=decision.value, count=1)
    return Outcome(state, is_changed=True)


def _apply(row: OutboxMessage, decision: MailDecision, now: datetime) -> DispatchState:
    mail = OutboxMessage.objects.filter(pk=row.pk)
    if decision == MailDecision.SEND_AGAIN:
        state = DispatchState.QUEUED
        mail.update(state=state, next_attempt_at=now, settled_at=None, held_reason="", attempts=0, **RELEASED)
        return state
    state = DispatchState.FAILED
    mail.update(state=state, settled_at=now)
    OutboxQueue().settled(row, state, now)
    return state
