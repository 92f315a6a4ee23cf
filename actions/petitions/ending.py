"""What remains of a petition long after its end: numbers."""

from __future__ import annotations

from datetime import datetime

from actions.petitions.models import Petition, Signature
from actions.petitions.petition_models import KEY_OWNER
from actions.petitions.states import CommentState, SignatureState
from actions.privacy.record_keys import destroy_record_key


def destroy_keys_of_forgotten_petitions(now: datetime) -> None:
    """Destroy the fingerprint keys once retention has blanked all rows: nobody can be recognised in them after that."""
    for petition in Petition.objects.all():
        if not petition.is_forgotten(now):
            continue
        close_decisions(petition, now)
        held = Signature.objects.filter(petition=petition)
        if not (held.filter(contact__isblank=False).exists() or held.filter(email__isblank=False).exists()):
            destroy_record_key(KEY_OWNER, petition.pk)


def close_decisions(petition: Petition, now: datetime) -> None:
    """What nobody decided in all the months does not count, and no comment waits that has been deleted."""
    rows = Signature.objects.filter(petition=petition)
    undecided = rows.filter(state=SignatureState.HELD)
    undecided.update(state=SignatureState.INVALIDATED, ended_at=now, pending_key=None)
    rows.exclude(comment_state=CommentState.NONE).filter(comment__isblank=True).update(comment_state=CommentState.NONE)
