"""The newest signers who asked to be shown, by the name they typed; kept for less than a minute."""

from __future__ import annotations

from django.core.cache import cache

from actions.petitions.models import Signature
from actions.petitions.states import SignatureState

SHOWN = 10
KEPT_SECONDS = 55


def recent_signers(petition_id: int) -> list[str]:
    """Return the ten newest names, by the alphabet: only of confirmed signatures whose signers ticked the box for it.

    No time, no place and no order stand beside them, so that nobody can tell who signed when.
    """
    found: list[str] | None = cache.get(_key(petition_id))
    if found is None:
        rows = Signature.objects.filter(
            petition_id=petition_id, show_name=True, state=SignatureState.CONFIRMED, name__isblank=False
        )
        found = sorted(row.name for row in rows.only("name", "row_key").order_by("-confirmed_at")[:SHOWN])
        cache.set(_key(petition_id), found, KEPT_SECONDS)
    return found


def forget_recent(petition_id: int) -> None:
    """Read the names anew: somebody was added or taken away."""
    cache.delete(_key(petition_id))


def _key(petition_id: int) -> str:
    return f"petition-signers:{petition_id}"
