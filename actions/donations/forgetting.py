"""Having Stripe forget a donor whom we have forgotten: its customer is deleted, and a gift that runs ends by that.

Erasing is done in a transaction and must not wait for anybody, so the gift's row itself is the note that something is
left to do: erased, and with a customer's number still in it. The worker asks until Stripe has done it.
"""

from __future__ import annotations

import logging
from datetime import datetime

from actions.donations import gateway
from actions.donations.donation_models import TO_FORGET
from actions.donations.gateway import NotThere, Refused, StripeTrouble
from actions.donations.models import Donation

log = logging.getLogger(__name__)

AT_ONCE = 100


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
