"""What speaks against a signature when it is made: it is then held for a person, and the signer sees no difference.

None of it proves anything, so a doubt never refuses anybody; it only says "not counted until somebody has looked".
"""

from __future__ import annotations

from datetime import datetime, timedelta

from actions.petitions.models import Signature
from actions.petitions.states import HeldReason, SignatureState
from actions.protection.person_fields import KNOWN_DOMAINS

# Above what a university sends at its busiest hour; throwaway domains come by the thousand.
MOST_OF_A_DOMAIN = 300
LOOKED_BACK = timedelta(hours=1)


def doubt_about(signature: Signature, *, email: str, now: datetime) -> str:
    """Return a HeldReason, or blank. The signature is not stored yet; two queries at most, both by an index.

    Only what was confirmed counts against anybody: forms alone are anybody's, who could so have a stranger held.
    """
    of_petition = Signature.objects.filter(petition_id=signature.petition_id, confirmed_at__isnull=False)
    same_mailbox = of_petition.filter(email_fingerprint=signature.email_fingerprint)
    if same_mailbox.filter(state=SignatureState.INVALIDATED).exists():
        return HeldReason.INVALIDATED
    if email.rpartition("@")[2].lower() not in KNOWN_DOMAINS:
        recent = of_petition.filter(mail_domain_key=signature.mail_domain_key, created_at__gt=now - LOOKED_BACK)
        if recent.values("pk")[:MOST_OF_A_DOMAIN].count() >= MOST_OF_A_DOMAIN:
            return HeldReason.DOMAIN_BURST
    return ""
