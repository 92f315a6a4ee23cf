"""Having Stripe forget a donor whom we have forgotten: its customer is deleted.

Who was erased: a gift that runs ends by that. Erasing is done in a transaction and must not wait for anybody, so the
gift's row itself is the note that something is left to do: erased, and with a customer's number still in it. The worker
asks until Stripe has done it.

Whom our books need no more (``retention`` of Donation): once no gift of the customer is kept any more, and only where
nothing of theirs runs at Stripe, whatever our own rows say. Nobody's gift is ended by our tidying up.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from actions.donations import gateway
from actions.donations.donation_models import TO_FORGET, out_of_the_books
from actions.donations.gateway import NotThere, Refused, StripeTrouble
from actions.donations.models import Donation
from actions.donations.states import DonationState

log = logging.getLogger(__name__)

AT_ONCE = 100
# Money may arrive late for a gift that was taken for unpaid.
NEVER_PAID_FOR = timedelta(days=60)


def forget_customers(now: datetime) -> None:
    """Delete the customers of erased donors at Stripe; what fails is tried again. The worker's job."""
    if not gateway.is_on():
        return
    rows = Donation.objects.filter(TO_FORGET, livemode=gateway.is_live()).order_by("erased_at", "pk")
    for donation_id, customer_id in rows.values_list("pk", "customer_id")[:AT_ONCE]:
        try:
            gateway.forget_customer(customer_id)
        except NotThere:
            pass  # forgotten already
        except Refused as error:
            log.error("donation %s: Stripe does not forget its customer (%s)", donation_id, error.code)
            continue
        except StripeTrouble as error:
            log.warning("forgetting customers: Stripe is not to be reached (%s); the next run goes on", error.code)
            return
        Donation.objects.filter(pk=donation_id).update(customer_id="")


def forget_old_customers(now: datetime) -> None:
    """Delete the customers whom our books need no more at Stripe; what fails is tried again. The worker's daily job."""
    if not gateway.is_on():
        return
    done = 0
    for customer_id in old_customers(now):
        try:
            done += _forget_unless_it_runs(customer_id)
        except StripeTrouble as error:
            log.warning("forgetting old customers: Stripe is not to be reached (%s); the next run goes on", error.code)
            return
        if done >= AT_ONCE:
            return


def old_customers(now: datetime) -> list[str]:
    """Return the customers of gifts that are out of the books, those of whom any gift is still kept left out."""
    over = Q(pk__in=out_of_the_books(now).values("pk")) | Q(
        state__in=(DonationState.EXPIRED, DonationState.FAILED), ended_at__lt=now - NEVER_PAID_FOR
    )
    rows: QuerySet[Donation] = Donation.objects.filter(livemode=gateway.is_live()).exclude(customer_id="")
    kept = Donation.objects.filter(customer_id=OuterRef("customer_id")).exclude(over)
    due = rows.filter(over, ~Exists(kept), erased_at=None)
    return list(due.order_by("customer_id").values_list("customer_id", flat=True).distinct())


def _forget_unless_it_runs(customer_id: str) -> bool:
    """Return whether Stripe has forgotten the customer. Raises StripeTrouble when it is not to be reached."""
    try:
        if gateway.has_running(customer_id):
            log.error("a customer whom our books need no more still gives at Stripe; nothing is done")
            return False
        gateway.forget_customer(customer_id)
    except NotThere:
        pass  # forgotten already
    except Refused as error:
        log.error("Stripe does not forget a customer whom our books need no more (%s)", error.code)
        return False
    Donation.objects.filter(customer_id=customer_id).update(customer_id="")
    return True
