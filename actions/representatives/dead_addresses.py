"""Which officials' addresses do not work: opened by mail that comes back, closed by a person or by a correction."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Lower

from actions.representatives.address_trouble import AddressTrouble
from actions.representatives.models import Recipient, Representative

SOFT_BOUNCES_IN_A_ROW = 3


def open_troubles() -> QuerySet[AddressTrouble]:
    return AddressTrouble.objects.filter(closed_at=None, opened_at__isnull=False).order_by("first_seen_at", "pk")


def dead_among(addresses: Iterable[str]) -> set[str]:
    """Return those of the addresses, in small letters, that do not work now; one query, none for no address."""
    wanted = {address.lower() for address in addresses if address}
    return set(open_troubles().filter(address__in=wanted).values_list("address", flat=True)) if wanted else set()


def is_dead(address: str) -> bool:
    return bool(dead_among([address]))


def note_bad_address(*, address: str, status: str, left_at: datetime | None, now: datetime) -> None:
    """A mail that left at ``left_at`` was refused or returned because of its address: open the trouble.

    A mail from before a person said "it works" says nothing new. Inside the caller's transaction.
    """
    row = _locked(address, now)
    if _is_old_news(row, left_at):
        return
    if not row.is_open:
        row.opened_at, row.closed_at, row.count, row.first_seen_at = now, None, 0, now
    row.count += 1
    row.status, row.last_seen_at = status, now
    row.save()


def note_soft_bounce(*, address: str, status: str, left_at: datetime | None, now: datetime) -> None:
    """A mail came back for now; the third in a row, with nothing delivered between, counts as a bad address."""
    row = _locked(address, now)
    if _is_old_news(row, left_at):
        return
    row.soft_bounces += 1
    row.last_seen_at = now
    row.save(update_fields=["soft_bounces", "last_seen_at"])
    if row.soft_bounces >= SOFT_BOUNCES_IN_A_ROW:
        note_bad_address(address=address, status=status, left_at=left_at, now=now)


def note_success(addresses: Iterable[str]) -> None:
    """Mails to the addresses were delivered: counting begins anew. What is open stays open: they may be older."""
    wanted = {address.lower() for address in addresses}
    AddressTrouble.objects.filter(address__in=wanted, soft_bounces__gt=0).update(soft_bounces=0)


def _locked(address: str, now: datetime) -> AddressTrouble:
    known = {"first_seen_at": now, "last_seen_at": now}
    row, _is_new = AddressTrouble.objects.get_or_create(address=address.lower(), defaults=known)
    return AddressTrouble.objects.select_for_update().get(pk=row.pk)


def _is_old_news(row: AddressTrouble, left_at: datetime | None) -> bool:
    return row.closed_at is not None and left_at is not None and left_at < row.closed_at


def close(*, trouble_id: int, now: datetime) -> bool:
    """Somebody says that the address works; False when it was closed before. Raises AddressTrouble.DoesNotExist."""
    with transaction.atomic():
        row = AddressTrouble.objects.select_for_update().get(pk=trouble_id)
        if not row.is_open:
            return False
        AddressTrouble.objects.filter(pk=row.pk).update(closed_at=now, soft_bounces=0)
    return True


def close_corrected(now: datetime) -> int:
    """Close what nobody in office has as their address any more; returns how many were closed."""
    reached = holders(open_troubles().values_list("address", flat=True))
    gone = [address for address, people in reached.items() if not people]
    return open_troubles().filter(address__in=gone).update(closed_at=now, soft_bounces=0) if gone else 0


def holders(addresses: Iterable[str]) -> dict[str, list[Representative | Recipient]]:
    """Return by address in small letters who is reached there now."""
    wanted = list(addresses)
    found: dict[str, list[Representative | Recipient]] = {address: [] for address in wanted}
    sitting = Representative.objects.select_related("riding").filter(is_current=True)
    for people in (sitting, Recipient.objects.filter(is_active=True)):
        for person in people.annotate(inbox=Lower("email")).filter(inbox__in=wanted):
            found[person.inbox].append(person)
    return found
