"""What a person decides about signatures and comments: once, under a lock, and on record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actions.outbox.deciding import Outcome
from actions.petitions import services
from actions.petitions.models import Signature
from actions.petitions.recent import forget_recent
from actions.petitions.signature_models import PERSONAL_COLUMNS
from actions.petitions.states import CommentRefusal, CommentState, SignatureState
from actions.privacy.access import record_access

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

    Staff = AbstractBaseUser | AnonymousUser

MAY_DECIDE = "actions.decide_signature"
MAY_MODERATE = "actions.moderate_comment"


class Decision(models.TextChoices):
    RELEASE = "release", _("Let it count")
    INVALIDATE = "invalidate", _("Invalidate")


DECISIONS: dict[str, tuple[Decision, ...]] = {
    SignatureState.HELD: (Decision.RELEASE, Decision.INVALIDATE),
    SignatureState.INVALIDATED: (Decision.RELEASE,),
    SignatureState.CONFIRMED: (Decision.INVALIDATE,),
    SignatureState.PENDING: (Decision.INVALIDATE,),
}


def decisions_about(signature: Signature) -> tuple[Decision, ...]:
    """Return what may be decided about the signature in its state; its petition must have been joined."""
    if signature.petition.is_forgotten(timezone.now()):
        return ()
    return DECISIONS.get(signature.state, ())


def undecided_signatures() -> QuerySet[Signature]:
    """Return what waits for a person, the longest first: held, and confirmed by its signer.

    One whose signer has not pressed the button would not count either way, so nobody need look at it.
    """
    rows = Signature.objects.filter(state=SignatureState.HELD, confirmed_at__isnull=False)
    return rows.order_by("confirmed_at", "pk").defer(*PERSONAL_COLUMNS)


def decide_signature(*, signature_id: int, decision: Decision, user: Staff) -> Outcome:
    """Let a signature count or not. Raises Signature.DoesNotExist.

    What does not apply any more changes nothing and is not put on record. The record says why it had been held.
    """
    act = services.release if decision == Decision.RELEASE else services.invalidate
    with transaction.atomic():
        before = services.locked(signature_id)
        if decision not in decisions_about(before):
            return Outcome(SignatureState(before.state), is_changed=False)
        state = act(signature_id=signature_id)
        reason = f"{decision.value}; held: {before.held_reason}" if before.held_reason else decision.value
        record_access(user=user, verb="decide", subject=f"signature {signature_id}", reason=reason, count=1)
    return Outcome(state, is_changed=True)


def comments(state: CommentState) -> QuerySet[Signature]:
    """Return the signatures that count and have a comment in this state, without who wrote it."""
    unread = [name for name in PERSONAL_COLUMNS if name != "comment"]
    rows = Signature.objects.filter(state=SignatureState.CONFIRMED, comment_state=state, comment__isblank=False)
    # Says again what the index is made of, for the database that does not work it out.
    return rows.exclude(comment_state=CommentState.NONE).order_by("confirmed_at", "pk").defer(*unread)


def decide_comment(*, signature_id: int, refusal: str, user: Staff) -> Outcome:
    """Show the comment (``refusal`` blank) or refuse it for one of CommentRefusal. Raises Signature.DoesNotExist.

    A comment that its author or retention has deleted meanwhile stays away; doing it again changes nothing.
    """
    wanted = CommentState.REFUSED if refusal else CommentState.APPROVED
    with transaction.atomic():
        signature = services.locked(signature_id)
        is_there = bool(signature.comment) and signature.state == SignatureState.CONFIRMED
        if not is_there or (signature.comment_state, signature.comment_refused_for) == (wanted, refusal):
            return Outcome(CommentState(signature.comment_state), is_changed=False)
        signature.comment_state = wanted
        signature.comment_refused_for = CommentRefusal(refusal) if refusal else ""
        signature.save(update_fields=["comment_state", "comment_refused_for"])
        forget_recent(signature.petition_id)
        reason = f"refuse: {refusal}" if refusal else "approve"
        record_access(user=user, verb="decide", subject=f"comment of signature {signature_id}", reason=reason, count=1)
    return Outcome(wanted, is_changed=True)
