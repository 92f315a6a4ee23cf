"""One random key per record, so that fingerprints of two records cannot be compared, and can all be made useless."""

from __future__ import annotations

import os
from collections.abc import Iterator

from django.utils import timezone

from actions.privacy.envelope import decrypt, encrypt
from actions.privacy.errors import RecordKeyDestroyedError
from actions.privacy.keys import KEY_BYTES
from actions.privacy.models import RecordKey


def record_key_for(owner_kind: str, owner_id: int) -> bytes:
    """Return the record's 32-byte fingerprint key, made at the first call; safe when many call at once.

    Raises RecordKeyDestroyedError once it was destroyed: a new one would let an ended record fill again unnoticed.
    """
    row, _ = RecordKey.objects.get_or_create(
        owner_kind=owner_kind,
        owner_id=owner_id,
        defaults={"wrapped": encrypt(os.urandom(KEY_BYTES), use="wrap", bound_to=_place(owner_kind, owner_id))},
    )
    if row.destroyed_at is not None:
        raise RecordKeyDestroyedError(f"The key of {row} was destroyed.")
    return _unwrap(row)


def existing_record_key(owner_kind: str, owner_id: int) -> bytes | None:
    """Return the record's key without making one; None where there is none, or none any more."""
    row = RecordKey.objects.filter(owner_kind=owner_kind, owner_id=owner_id, destroyed_at=None).first()
    return _unwrap(row) if row else None


def live_record_keys(owner_kind: str) -> Iterator[tuple[int, bytes]]:
    """Yield (owner id, key) of every record of a kind whose key still exists: what an address is searched under."""
    for row in RecordKey.objects.filter(owner_kind=owner_kind, destroyed_at=None).order_by("owner_id").iterator():
        yield row.owner_id, _unwrap(row)


def destroy_record_key(owner_kind: str, owner_id: int) -> bool:
    """Destroy the key for good; nothing can be matched under it any more. True when there was one."""
    rows = RecordKey.objects.filter(owner_kind=owner_kind, owner_id=owner_id, destroyed_at=None)
    return bool(rows.update(wrapped="", destroyed_at=timezone.now()))


def rewrap(row: RecordKey) -> None:
    """Wrap the same key under the ring's first key; the row must be locked."""
    row.wrapped = encrypt(_unwrap(row), use="wrap", bound_to=_place(row.owner_kind, row.owner_id))
    row.save(update_fields=["wrapped"])


def _unwrap(row: RecordKey) -> bytes:
    return decrypt(row.wrapped, use="wrap", bound_to=_place(row.owner_kind, row.owner_id))


def _place(owner_kind: str, owner_id: int) -> tuple[str, ...]:
    return (RecordKey._meta.db_table, "wrapped", owner_kind, str(owner_id))
