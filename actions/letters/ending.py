"""What remains of a letter campaign once it is over: numbers."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q

from actions.letters.campaign_models import KEY_OWNER
from actions.letters.models import Letter, LetterCampaign
from actions.privacy.record_keys import destroy_record_key

KEY_KEPT_FOR = timedelta(days=30)


def destroy_keys_of_ended_campaigns(now: datetime) -> None:
    """Destroy the fingerprint keys 30 days after the end: nobody's address can be recognised in the rows after that.

    A key stays while any letter still holds its text, so that its writer can be told and the letter erased.
    """
    over = now - KEY_KEPT_FOR
    ended = LetterCampaign.objects.filter(Q(closes_at__lt=over) | Q(useless_after__lt=over))
    for pk in ended.values_list("pk", flat=True):
        if not Letter.objects.filter(letter_campaign_id=pk, email__isblank=False).exists():
            destroy_record_key(KEY_OWNER, pk)
