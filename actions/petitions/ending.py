"""What remains of a petition long after its end: numbers."""

from __future__ import annotations

from datetime import datetime

from actions.petitions.models import Petition, Signature
from actions.petitions.petition_models import KEY_OWNER
from actions.privacy.record_keys import destroy_record_key


def destroy_keys_of_forgotten_petitions(now: datetime) -> None:
    """Destroy the fingerprint keys once retention has blanked all rows: nobody can be recognised in them after that."""
    for petition in Petition.objects.all():
        if petition.forgotten_at is None or petition.forgotten_at > now:
            continue
        held = Signature.objects.filter(petition=petition)
        if not (held.filter(contact__isblank=False).exists() or held.filter(email__isblank=False).exists()):
            destroy_record_key(KEY_OWNER, petition.pk)
