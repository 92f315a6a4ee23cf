"""What we tell Stripe about a gift. The same gift and key must give the same words to the byte, or Stripe refuses."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from actions.donations.amounts import typed_form
from actions.donations.models import Donation

# Stripe takes 30 minutes to a day; the same words may be repeated until half an hour before the end.
SESSION_LIFETIME = timedelta(minutes=60)
A_MONTH = timedelta(days=30)
LOCALES = {"en": "en", "fr": "fr-CA", "zh-hant": "zh-HK"}
# Filled in by Stripe when it sends the donor back; https://docs.stripe.com/payments/checkout/custom-success-page
SESSION_PLACE = "{CHECKOUT_SESSION_ID}"


def locale_of(language: str) -> str:
    """The language of Stripe's pages for ours."""
    return LOCALES.get(language, "en")


def metadata_of(donation: Donation) -> dict[str, str]:
    """What each object at Stripe says about the gift it belongs to: enough to find it, nothing about the donor."""
    return {
        "attempt": donation.attempt.hex,
        "donation": str(donation.pk),
        "appeal": donation.appeal.slug,
        "language": donation.language,
        "frequency": donation.frequency,
    }


def session_params(donation: Donation) -> dict[str, Any]:
    """Return the parameters of the payment page: one neutral line in the donor's language, in CA$ and nothing else."""
    if donation.asked_at is None:
        raise ValueError("asked_at must be set before Stripe is asked: the page's end is counted from it.")
    metadata = metadata_of(donation)
    params: dict[str, Any] = {
        "mode": "subscription" if donation.is_monthly else "payment",
        "ui_mode": "hosted_page",
        "line_items": [{"quantity": 1, "price_data": _price(donation)}],
        "locale": locale_of(donation.language),
        "client_reference_id": donation.attempt.hex,
        "metadata": metadata,
        "expires_at": int((donation.asked_at + SESSION_LIFETIME).timestamp()),
        "success_url": success_url(donation),
        "cancel_url": form_url(donation, is_cancelled=True),
        "adaptive_pricing": {"enabled": False},  # else Stripe may charge in the donor's own currency
    }
    if donation.is_monthly:
        params["subscription_data"] = {"metadata": metadata} | _first_charge(donation)
    else:
        params["submit_type"] = "donate"
        params["customer_creation"] = "if_required"
        params["payment_intent_data"] = {
            "metadata": metadata,
            "statement_descriptor_suffix": settings.STRIPE_STATEMENT_SUFFIX,
        }
    return params


def _first_charge(donation: Donation) -> dict[str, Any]:
    """When the first month is charged: at once, or a month later for who has just given once."""
    if not donation.starts_next_month or donation.asked_at is None:
        return {}
    return {"trial_end": int((donation.asked_at + A_MONTH).timestamp())}


def _price(donation: Donation) -> dict[str, Any]:
    with translation.override(donation.language):
        name = _("Monthly donation") if donation.is_monthly else _("Donation")
    price: dict[str, Any] = {
        "currency": donation.currency.lower(),
        "unit_amount": donation.total_cents,
        "product_data": {"name": str(name)},
    }
    if donation.is_monthly:
        price["recurring"] = {"interval": "month"}
    return price


def success_url(donation: Donation) -> str:
    return f"{_url('donate_thanks', donation)}?session_id={SESSION_PLACE}"


def form_url(donation: Donation, *, is_cancelled: bool = False) -> str:
    """Return the absolute address of the form with the gift's amount in it."""
    kept = query_of(donation) | ({"cancelled": "1"} if is_cancelled else {})
    return f"{_url('donate', donation)}?{urlencode(kept)}"


def query_of(donation: Donation) -> dict[str, str]:
    """What the form's address carries so that the amount is kept."""
    return {"amount": typed_form(donation.amount_cents, "en"), "frequency": donation.frequency}


def _url(name: str, donation: Donation) -> str:
    with translation.override(donation.language):
        return str(settings.SITE_URL) + reverse(f"actions:{name}", args=[donation.appeal.slug])
