"""Invalidating many signatures by a condition, and undoing it exactly; the worker does it in batches.

Each batch is one transaction that locks the invalidation, changes rows, notes what they were and how far it is. So a
worker that is killed has done a batch or nothing, and two workers take turns. An invalidated signature can be withdrawn
by its signer, released or invalidated anew by a person meanwhile: undoing leaves those alone. One that was withdrawn
stays withdrawn; where the petition's number was frozen by then, it is in the number again, as if nobody had decided.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from actions.petitions.conditions import PARTS, Condition, condition_of, matching
from actions.petitions.models import InvalidatedSignature, Invalidation, Petition, Signature
from actions.petitions.recent import forget_recent
from actions.petitions.services import count_in
from actions.petitions.states import SignatureState
from actions.petitions.tally import count_many
from actions.privacy.access import record_access

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

    User = AbstractBaseUser | AnonymousUser | None

AT_ONCE = 500
State = Invalidation.State
# What the count needs of a signature, beside when it ended.
COUNTED_BY = ("riding_id", "place", "ended_at")
UNDER_WAY = (State.RUNNING, State.UNDOING)


class CannotInvalidate(Exception):
    """Nothing was started; the message says why, to the member of staff."""


def start(*, condition: Condition, last_id: int, expected: int, reason: str, user: User) -> Invalidation:
    """Let the worker invalidate what somebody looked over: ``expected`` signatures up to ``last_id``.

    Raises CannotInvalidate for a condition that is empty, a missing reason, or a number that is not the one seen.
    """
    if condition.is_empty:
        raise CannotInvalidate(_("Say which signatures: without a condition it would be all of them."))
    if not reason.strip():
        raise CannotInvalidate(_("Say why, for those who read the access log."))
    with transaction.atomic():
        petition = Petition.objects.select_for_update().get(pk=condition.petition_id)  # one start at a time
        if petition.is_forgotten(timezone.now()):
            raise CannotInvalidate(_("Nothing is held about this petition's signers any more; its number is final."))
        if Invalidation.objects.filter(petition=petition, state__in=UNDER_WAY).exists():
            raise CannotInvalidate(_("Another invalidation of this petition is under way. Wait for its end."))
        found = matching(condition, last_id=last_id).count()
        if found != expected or not found:
            raise CannotInvalidate(_("The number has changed since you looked. Look again, then decide."))
        made = Invalidation.objects.create(
            petition=petition,
            **{part: getattr(condition, part) for part in PARTS},
            last_id=last_id,
            expected=expected,
            reason=reason.strip(),
            started_by_id=user.pk if user is not None else None,
        )
        _record(made, "invalidate signatures", user, count=expected)
    return made


def cancel(*, invalidation_id: int, user: User) -> bool:
    """Stop before the next batch; what is invalidated stays so until it is undone. False when it was not running."""
    with transaction.atomic():
        found = _locked(invalidation_id)
        if found.state != State.RUNNING:
            return False
        found.state, found.ended_at = State.CANCELLED, timezone.now()
        found.save(update_fields=["state", "ended_at"])
        _record(found, "cancel invalidation", user, count=found.changed)
    return True


def undo(*, invalidation_id: int, user: User) -> bool:
    """Let the worker restore what the invalidation changed; False when it is still running, or undone already."""
    with transaction.atomic():
        found = _locked(invalidation_id)
        if found.state not in (State.CANCELLED, State.DONE):
            return False
        found.state, found.reached_id, found.ended_at = State.UNDOING, 0, None
        found.save(update_fields=["state", "reached_id", "ended_at"])
        _record(found, "undo invalidation", user, count=found.changed)
    return True


def _record(found: Invalidation, verb: str, user: User, *, count: int) -> None:
    subject = f"petition {found.petition_id}, invalidation {found.pk}"
    record_access(user=user, verb=verb, subject=subject, reason=found.reason, count=count)


def work_on_all(now: datetime) -> bool:
    """Do one batch of each invalidation under way; returns whether there was any. One query where there is none."""
    under_way = Invalidation.objects.filter(state__in=UNDER_WAY).order_by("started_at")
    return bool(sum(work_on(invalidation_id=pk, now=now) for pk in under_way.values_list("pk", flat=True)))


def work_on(*, invalidation_id: int, now: datetime) -> bool:
    """Do the next batch; False when somebody ended it meanwhile."""
    with transaction.atomic():
        found = _locked(invalidation_id)
        if found.state == State.RUNNING:
            taken = _take(found, now)
            found.changed += len(taken)
            found.reached_id = taken[-1] if taken else found.last_id
            is_last = len(taken) < AT_ONCE
        elif found.state == State.UNDOING:
            rows = list(found.rows.filter(signature__gt=found.reached_id).order_by("signature")[:AT_ONCE])
            found.restored += _restore(found, rows, now)
            found.reached_id = rows[-1].signature_id if rows else found.last_id
            is_last = len(rows) < AT_ONCE
        else:
            return False
        if is_last:
            found.state, found.ended_at = State.DONE if found.state == State.RUNNING else State.UNDONE, now
        found.save(update_fields=["state", "changed", "restored", "reached_id", "ended_at"])
    forget_recent(found.petition_id)
    return True


def _locked(invalidation_id: int) -> Invalidation:
    rows = Invalidation.objects.select_for_update(of=("self",)).select_related("petition")
    return rows.get(pk=invalidation_id)


def _take(found: Invalidation, now: datetime) -> list[int]:
    """Invalidate the next signatures of the condition, note what they were, and return their numbers in order.

    Also after the petition's end, as services.invalidate, until nothing is held about its signers any more.
    """
    if found.petition.is_forgotten(now):
        return []
    rows = matching(condition_of(found), last_id=found.last_id).filter(pk__gt=found.reached_id).order_by("pk")
    needed = rows.select_for_update(of=("self",)).only("row_key", "state", "slot", "riding_id", "place")
    taken = list(needed[:AT_ONCE])
    counted = [one for one in taken if one.state == SignatureState.CONFIRMED]
    InvalidatedSignature.objects.bulk_create(
        InvalidatedSignature(
            invalidation=found,
            signature_id=one.pk,
            state_before=one.state,
            slot_before=one.slot,
            at=now,
        )
        for one in taken
    )
    numbers = [one.pk for one in taken]
    Signature.objects.filter(pk__in=numbers).update(
        state=SignatureState.INVALIDATED, slot=None, pending_key=None, ended_at=now
    )
    count_many(found.petition_id, counted, -1)
    return numbers


def _restore(found: Invalidation, rows: list[InvalidatedSignature], now: datetime) -> int:
    """Give back what these rows say, where the signature is still as the invalidation left it; return how many."""
    if found.petition.is_forgotten(now):
        return 0
    noted = {row.signature_id: row for row in rows}
    locked = Signature.objects.filter(pk__in=noted, state=SignatureState.INVALIDATED).order_by("pk")
    ours = [
        one
        for one in locked.select_for_update(of=("self",)).select_related("petition")
        if one.ended_at == noted[one.pk].at
    ]
    before = {state: [one for one in ours if noted[one.pk].state_before == state] for state in SignatureState}
    _put_back(before[SignatureState.HELD], SignatureState.HELD)
    pending = before[SignatureState.PENDING]
    _put_back([one for one in pending if one.confirmed_at is None], SignatureState.PENDING)
    pressed = [one for one in pending if one.confirmed_at is not None]
    _put_back([one for one in pressed if one.held_reason], SignatureState.HELD)
    for one in pressed:
        if not one.held_reason:
            count_in(one, now)
    _count_again(found, before[SignatureState.CONFIRMED], noted, now)
    _take_back_about_withdrawn(found, noted)
    return len(ours)


def _take_back_about_withdrawn(found: Invalidation, noted: dict[int, InvalidatedSignature]) -> None:
    """Forget the decision about those that their signers withdrew since; nothing about them comes back.

    Who withdraws after the freeze stays in the number that was handed over (services.withdraw): so do these.
    """
    gone = Signature.objects.filter(pk__in=noted, state=SignatureState.WITHDRAWN, invalidated_at__isnull=False)
    needed = gone.order_by("pk").select_for_update(of=("self",)).only("row_key", "invalidated_at", *COUNTED_BY)
    ours = [one for one in needed if one.invalidated_at == noted[one.pk].at]
    Signature.objects.filter(pk__in=[one.pk for one in ours]).update(invalidated_at=None)
    counted = [one for one in ours if noted[one.pk].state_before == SignatureState.CONFIRMED]
    count_many(found.petition_id, [one for one in counted if _left_after_the_freeze(found.petition, one)], 1)


def _left_after_the_freeze(petition: Petition, signature: Signature) -> bool:
    return signature.ended_at is not None and petition.is_frozen(signature.ended_at)


def _put_back(signatures: list[Signature], state: SignatureState) -> None:
    Signature.objects.filter(pk__in=[one.pk for one in signatures]).update(state=state, ended_at=None)


def _count_again(
    found: Invalidation, signatures: list[Signature], noted: dict[int, InvalidatedSignature], now: datetime
) -> None:
    """Give counted signatures place and number back; where somebody has the place now, there may be none left."""
    numbers = [one.pk for one in signatures]
    crowded = set(Signature.objects.filter(pk__in=numbers).filter(_somebody_else()).values_list("pk", flat=True))
    free = [one for one in signatures if one.pk not in crowded]
    for slot in {noted[one.pk].slot_before for one in free}:
        alike = [one.pk for one in free if noted[one.pk].slot_before == slot]
        Signature.objects.filter(pk__in=alike).update(state=SignatureState.CONFIRMED, slot=slot, ended_at=None)
    count_many(found.petition_id, free, 1)
    for one in signatures:
        if one.pk in crowded:
            count_in(one, now)


def _somebody_else() -> Exists:
    """Whether another signature has a place of the same mailbox."""
    others = Signature.objects.filter(
        petition=OuterRef("petition"), email_fingerprint=OuterRef("email_fingerprint"), slot__isnull=False
    )
    return Exists(others.exclude(pk=OuterRef("pk")))


def invalidations_of(petition: Petition) -> QuerySet[Invalidation]:
    return Invalidation.objects.filter(petition=petition).select_related("started_by", "riding")
