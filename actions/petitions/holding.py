"""What speaks against a signature when it is made: it is then held for a person, and the signer sees no difference.

None of it proves anything, so a doubt never refuses anybody; it only says "not counted until somebody has looked".
"""

from __future__ import annotations

from datetime import datetime, timedelta

from actions.petitions.models import Signature
from actions.petitions.states import HeldReason
from actions.protection.person_fields import KNOWN_DOMAINS

# A household shares a mailbox; a choir of names behind one does not.
MOST_NAMES = 4
# Above what a university sends at its busiest hour; throwaway domains come by the thousand.
MOST_OF_A_DOMAIN = 300
LOOKED_BACK = timedelta(hours=1)


def doubt_about(signature: Signature, *, email: str, now: datetime) -> str:
    """Return a HeldReason, or blank. The signature is not stored yet; two queries at most, both by an index."""
    of_petition = Signature.objects.filter(petition_id=signature.petition_id)
    same_mailbox = of_petition.filter(email_fingerprint=signature.email_fingerprint)
    names = set(same_mailbox.values_list("name_fingerprint", flat=True).distinct()[: MOST_NAMES + 1])
    if len(names | {signature.name_fingerprint}) > MOST_NAMES:
        return HeldReason.MANY_NAMES
    if email.rpartition("@")[2].lower() not in KNOWN_DOMAINS:
        recent = of_petition.filter(mail_domain_key=signature.mail_domain_key, created_at__gt=now - LOOKED_BACK)
        if recent.values("pk")[:MOST_OF_A_DOMAIN].count() >= MOST_OF_A_DOMAIN:
            return HeldReason.DOMAIN_BURST
    return ""
