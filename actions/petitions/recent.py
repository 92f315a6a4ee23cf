"""The newest signers and comments whose authors asked to be shown; kept for less than a minute."""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

from django.core.cache import cache
from django.db import transaction

from actions.petitions.models import Signature
from actions.petitions.states import CommentState, SignatureState

SHOWN = 10
COMMENTS_SHOWN = 10
KEPT_SECONDS = 55


class ShownComment(NamedTuple):
    """An approved comment; ``name`` is blank unless its author asked to be named, ``language`` that of their page."""

    text: str
    name: str
    language: str


def recent_signers(petition_id: int) -> list[str]:
    """Return the ten newest names, by the alphabet: only of confirmed signatures whose signers ticked the box for it.

    No time, no place and no order stand beside them, so that nobody can tell who signed when.
    """
    found: list[str] | None = cache.get(_signers_key(petition_id))
    if found is None:
        rows = Signature.objects.filter(
            petition_id=petition_id, show_name=True, state=SignatureState.CONFIRMED, name__isblank=False
        )
        found = sorted(row.name for row in rows.only("name", "row_key").order_by("-confirmed_at")[:SHOWN])
        cache.set(_signers_key(petition_id), found, KEPT_SECONDS)
    return found


def recent_comments(petition_id: int) -> list[ShownComment]:
    """Return the newest approved comments of signatures that count, in an order that tells nothing about when."""
    found: list[ShownComment] | None = cache.get(_comments_key(petition_id))
    if found is None:
        rows = Signature.objects.filter(
            petition_id=petition_id,
            comment_state=CommentState.APPROVED,
            state=SignatureState.CONFIRMED,
            comment__isblank=False,
        ).only("comment", "name", "show_name", "language", "row_key")
        newest = sorted(rows.order_by("-confirmed_at")[:COMMENTS_SHOWN], key=lambda row: row.row_key)
        found = [ShownComment(row.comment, row.name if row.show_name else "", row.language) for row in newest]
        cache.set(_comments_key(petition_id), found, KEPT_SECONDS)
    return found


def forget_recent(petition_id: int) -> None:
    """Read names and comments anew, now and once the change is committed: who reads in between sees the old rows."""
    keys = [_signers_key(petition_id), _comments_key(petition_id)]
    cache.delete_many(keys)
    transaction.on_commit(partial(cache.delete_many, keys))


def _signers_key(petition_id: int) -> str:
    return f"petition-signers:{petition_id}"


def _comments_key(petition_id: int) -> str:
    return f"petition-comments:{petition_id}"
