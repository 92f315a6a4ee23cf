"""The token in the links by which somebody leaves: the same in each mail, and known to the database by its hash only.

It is made from the list's own random key (``RecordKey``, wrapped by the key ring) and the row's random key, so that a
link works for ever, nothing need be stored for each mail, and whoever reads the database alone can take nobody off.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import BigIntegerField, QuerySet
from django.urls import reverse
from django.utils import timezone, translation

from actions.campaigns.models import Campaign
from actions.privacy.record_keys import record_key_for
from actions.privacy.retention import blank
from actions.subscribers.models import Consent, SignUp, Subscriber
from actions.subscribers.states import SubscriberState
from actions.subscribers.subscriber_models import KEY_OWNER, KEY_OWNER_ID

TOKEN = re.compile(r"[0-9a-f]{64}")


def list_key() -> bytes:
    """Return the list's one key."""
    return record_key_for(owner_kind=KEY_OWNER, owner_id=KEY_OWNER_ID)


def leave_token(row_key: UUID, *, key: bytes) -> str:
    return hmac.new(key, f"leave:{row_key}".encode(), hashlib.sha256).hexdigest()


def leave_hash(row_key: UUID, *, key: bytes) -> str:
    return hashlib.sha256(leave_token(row_key, key=key).encode()).hexdigest()


def leave_link(subscriber: Subscriber, *, language: str, key: bytes, campaign_id: int | None = None) -> str:
    """Return the full address by which the subscriber leaves; with a campaign it offers to leave that one only."""
    token = leave_token(subscriber.row_key, key=key)
    with translation.override(language):
        if campaign_id is None:
            return settings.SITE_URL + reverse("subscribers:leave", args=[token])
        return settings.SITE_URL + reverse("subscribers:leave_campaign", args=[token, campaign_id])


def subscriber_of(raw: str) -> Subscriber | None:
    """Return whose link it is; mail programs append to links, so the token is looked for inside."""
    match = TOKEN.search(raw.lower())
    if match is None:
        return None
    return Subscriber.objects.filter(leave_hash=hashlib.sha256(match[0].encode()).hexdigest()).first()


def known_campaign(campaign_id: int | None) -> int | None:
    """Return the number if it is a campaign's; what mail programs or people made of a link is as good as none."""
    if campaign_id is None or campaign_id > BigIntegerField.MAX_BIGINT:
        return None
    return Campaign.objects.filter(pk=campaign_id).values_list("pk", flat=True).first()


@dataclass(frozen=True)
class Leaving:
    """What a link can still do: whether anything is sent at all, and whether there is more than the campaign."""

    is_on_list: bool
    campaign: Campaign | None = None
    has_other_consents: bool = False


def leaving_of(subscriber: Subscriber, campaign_id: int | None) -> Leaving:
    """Return what there is to leave; ``campaign`` only where there is consent for it, and for other things besides."""
    if subscriber.state != SubscriberState.SUBSCRIBED:
        return Leaving(is_on_list=False)
    in_force = subscriber.consents.filter(withdrawn_at=None)
    if campaign_id is None or not in_force.filter(campaign_id=campaign_id).exists():
        return Leaving(is_on_list=True)
    campaign = Campaign.objects.filter(pk=campaign_id).first()
    return Leaving(True, campaign, in_force.exclude(campaign_id=campaign_id).exists())


def has_left(subscriber: Subscriber, campaign_id: int | None) -> bool:
    """Return whether they agreed to the campaign once, do no more, and are still on the list for other things."""
    if campaign_id is None or subscriber.state != SubscriberState.SUBSCRIBED:
        return False
    given = subscriber.consents.filter(campaign_id=campaign_id)
    return given.exists() and not given.filter(withdrawn_at=None).exists()


def leave(*, subscriber_id: int, now: datetime | None = None) -> bool:
    """Take somebody off the list and delete at once what we know of them; False when they had left before."""
    return _end(subscriber_id, SubscriberState.UNSUBSCRIBED, now or timezone.now())


def stop_after_bounce(*, subscriber_id: int, now: datetime) -> bool:
    """Mail to them comes back, or they reported it as spam: nothing more is sent. False when they are off already."""
    return _end(subscriber_id, SubscriberState.BOUNCED, now)


def leave_campaign(*, subscriber_id: int, campaign_id: int, now: datetime | None = None) -> bool:
    """Withdraw what was agreed to for one campaign; whoever agreed to nothing else leaves altogether."""
    now = now or timezone.now()
    with transaction.atomic():
        subscriber = _locked(subscriber_id)
        in_force = Consent.objects.filter(subscriber=subscriber, withdrawn_at=None)
        if not in_force.filter(campaign_id=campaign_id).withdraw(now):
            return False
        if not in_force.exists():
            _end(subscriber_id, SubscriberState.UNSUBSCRIBED, now)
    return True


def _locked(subscriber_id: int) -> Subscriber:
    """Lock the subscriber behind the sign-ups of the same mailbox, in the order in which a confirmation locks them."""
    list(_waiting(Subscriber.objects.get(pk=subscriber_id)).select_for_update().order_by("pk").values_list("pk"))
    return Subscriber.objects.select_for_update().get(pk=subscriber_id)


def _waiting(subscriber: Subscriber) -> QuerySet[SignUp]:
    return SignUp.objects.filter(email_fingerprint=subscriber.email_fingerprint, confirmed_at=None)


def _end(subscriber_id: int, state: SubscriberState, now: datetime) -> bool:
    """End a place; sign-ups of the same mailbox hold name and address too, so they go as well."""
    with transaction.atomic():
        subscriber = _locked(subscriber_id)
        _waiting(subscriber).delete()
        if subscriber.state != SubscriberState.SUBSCRIBED:
            return False
        Consent.objects.filter(subscriber=subscriber, withdrawn_at=None).withdraw(now)
        Subscriber.objects.filter(pk=subscriber_id).update(state=state, ended_at=now)
        blank(subscriber)
    return True
