"""One reminder, two days after signing, to those who have not pressed their link."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from actions.petitions import emails
from actions.petitions.models import Signature
from actions.petitions.services import UNCONFIRMED, can_confirm

REMINDED_AFTER = timedelta(days=2)
# Later than that a reminder would come hours before the end.
TOO_LATE_FOR_IT = timedelta(days=6)
REMINDED_AT_ONCE = 500


def remind_unconfirmed(now: datetime) -> None:
    """Remind who is due, each in a transaction of its own; who is not reached this time is next time."""
    due = Signature.objects.filter(
        state__in=UNCONFIRMED,
        confirmed_at=None,
        reminded_at=None,
        created_at__lt=now - REMINDED_AFTER,
        created_at__gt=now - TOO_LATE_FOR_IT,
    )
    for pk in list(due.order_by("created_at").values_list("pk", flat=True)[:REMINDED_AT_ONCE]):
        remind(signature_id=pk, now=now)


def remind(*, signature_id: int, now: datetime) -> bool:
    """Remind one signer, once; returns whether a reminder was asked for."""
    with transaction.atomic():
        rows = Signature.objects.select_for_update(of=("self",)).select_related("petition", "wording_version")
        signature = rows.get(pk=signature_id)
        is_due = signature.reminded_at is None and is_waiting(signature) and can_confirm(signature, now)
        Signature.objects.filter(pk=signature_id, reminded_at=None).update(reminded_at=now)
        if is_due:
            emails.send_reminder(signature)
        return is_due


def is_waiting(signature: Signature) -> bool:
    return signature.state in UNCONFIRMED and signature.confirmed_at is None and bool(signature.email)


def is_still_wanted(signature_id: int) -> bool:
    """Return whether the signature still waits for its signer's button: else no mail that asks for it may leave."""
    waiting = Signature.objects.filter(state__in=UNCONFIRMED, confirmed_at=None, email__isblank=False)
    return waiting.filter(pk=signature_id).exists()


def is_still_counted(signature_id: int) -> bool:
    """Return whether the signature that a mail speaks of still counts."""
    return Signature.objects.filter(pk=signature_id, state=Signature.State.CONFIRMED).exists()
