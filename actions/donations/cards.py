"""Looking once a week when the cards behind monthly gifts end: Stripe tells nobody of it by itself.

Its event customer.source.expiring comes for old card objects only, and Checkout makes none of those.
"""

from __future__ import annotations

import logging
from calendar import monthrange
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from actions.donations import gateway
from actions.donations.card_emails import send_expiring
from actions.donations.gateway import Refused, StripeTrouble
from actions.donations.models import Donation
from actions.donations.states import DonationState

log = logging.getLogger(__name__)

EVERY = timedelta(days=7)
AT_ONCE = 100  # each is one question; the hourly job gets through sixteen thousand in a week


def last_day(year: int, month: int) -> date:
    """Until when a card with this month on it is good."""
    return date(year, month, monthrange(year, month)[1])


def is_near(expires_on: date, today: date) -> bool:
    """Whether a card that is still good ends this month or next."""
    year, month = divmod(today.year * 12 + today.month, 12)  # of the month after today's
    return today <= expires_on <= last_day(year, month + 1)


def look_at_cards(now: datetime) -> None:
    """Ask Stripe about the cards whose turn it is, and write to those whose card ends soon. The worker's job."""
    if not gateway.is_on():
        return
    due = Q(card_looked_at=None) | Q(card_looked_at__lt=now - EVERY)
    rows = Donation.objects.filter(due, state=DonationState.ACTIVE, livemode=gateway.is_live())
    rows = rows.exclude(subscription_id=None).order_by(F("card_looked_at").asc(nulls_first=True), "pk")
    for donation_id, subscription_id in rows.values_list("pk", "subscription_id")[:AT_ONCE]:
        try:
            found = gateway.card_month(str(subscription_id))
        except Refused:
            found = None
        except StripeTrouble as error:
            log.warning("cards: Stripe is not to be reached (%s); the next run goes on", error.code)
            return
        note_card(donation_id, last_day(*found) if found else None, now=now)


def note_card(donation_id: int, expires_on: date | None, *, now: datetime) -> None:
    """Keep until when the card is good, and tell its holder when that is soon."""
    with transaction.atomic():
        donation = Donation.objects.select_for_update(of=("self",)).select_related("appeal").get(pk=donation_id)
        donation.card_expires_on, donation.card_looked_at = expires_on, now
        donation.save(update_fields=["card_expires_on", "card_looked_at"])
        is_running = donation.state == DonationState.ACTIVE and donation.ends_at is None
        if is_running and expires_on is not None and is_near(expires_on, timezone.localdate(now)):
            send_expiring(donation)
