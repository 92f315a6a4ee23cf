"""Places of a mailbox: one signature each, and a second one for another person of the same household."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from actions.petitions.models import Signature

SLOTS = (1, 2)


def holders(signature: Signature) -> QuerySet[Signature]:
    """Return who holds a place of the same mailbox under the same petition, first place first."""
    rows = Signature.objects.filter(
        petition_id=signature.petition_id, email_fingerprint=signature.email_fingerprint, slot__isnull=False
    )
    return rows.exclude(pk=signature.pk).order_by("slot")


def blocking(signature: Signature, held: list[Signature]) -> Signature | None:
    """Return the signature that leaves no place for this one; None where there is one.

    The second place needs another name and the same postal code: two people who share a mailbox share a home.
    """
    for other in held:
        is_same_person = other.name_fingerprint == signature.name_fingerprint
        if is_same_person or other.postal_fingerprint != signature.postal_fingerprint:
            return other
    return held[0] if len(held) >= len(SLOTS) else None


def take_slot(signature: Signature) -> bool:
    """Take a free place of the mailbox; False when it has none. Call it in the transaction that confirms.

    Two confirmations at once both see a free place; the database lets one of them have it, and the other looks again.
    """
    for _attempt in SLOTS:
        held = list(holders(signature))
        if blocking(signature, held) is not None:
            return False
        free = next(slot for slot in SLOTS if slot not in {other.slot for other in held})
        try:
            with transaction.atomic():
                Signature.objects.filter(pk=signature.pk).update(slot=free)
        except IntegrityError:
            continue
        signature.slot = free
        return True
    return False
