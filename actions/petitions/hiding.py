"""Signing on without being seen: the name and the comment go from our pages, the signature keeps counting."""

from __future__ import annotations

from django.db import transaction

from actions.petitions.models import Signature
from actions.petitions.recent import forget_recent
from actions.petitions.services import locked
from actions.petitions.slots import holders
from actions.petitions.states import CommentState, SignatureState


def same_person(signature: Signature) -> list[Signature]:
    """Return the counted signatures that a repeated one stands for: those of its mailbox under the same name."""
    if signature.state != SignatureState.REPEATED:
        return []
    return list(holders(signature).filter(name_fingerprint=signature.name_fingerprint))


def shows_anything(signature: Signature) -> bool:
    """Return whether the signer's name or comment is or may come to be on a page of ours."""
    return any(row.show_name or bool(row.comment) for row in (same_person(signature) or [signature]))


def hide(*, signature_id: int) -> bool:
    """Show nothing about the signer any more and delete the comment; return whether that changed anything.

    Behind the link of one that was repeated it is the mailbox's counted signature of the same name that is hidden.
    """
    with transaction.atomic():
        signature = locked(signature_id)
        others = [hide(signature_id=other.pk) for other in same_person(signature)]
        return _hide(signature) or any(others)


def _hide(signature: Signature) -> bool:
    if not (signature.show_name or signature.comment):
        return False
    signature.show_name = False
    signature.comment, signature.comment_state, signature.comment_refused_for = "", CommentState.NONE, ""
    if signature.contact:  # the name lies there; before that the mails still need it
        signature.name = ""
    signature.save(update_fields=["show_name", "name", "comment", "comment_state", "comment_refused_for"])
    forget_recent(signature.petition_id)
    return True
