"""``{% load donation_tags %}``: sums as their reader writes them, and Stripe's words as people know them."""

from __future__ import annotations

from django import template

from actions.donations.amounts import format_amount
from actions.donations.staff_words import BOOKINGS, MAILS, PAYOUTS

register = template.Library()


@register.filter
def money(cents: int) -> str:
    """Cents as CA$25, « 25 $ » or 25加元, in the active language."""
    return format_amount(int(cents))


@register.filter
def exact_money(cents: int) -> str:
    """Cents as CA$25.00: for columns that are added up."""
    return format_amount(int(cents), with_cents=True)


@register.filter
def mail_name(kind: str) -> str:
    return str(MAILS.get(kind, kind))


@register.filter
def payout_state(status: str) -> str:
    return str(PAYOUTS.get(status, status))


@register.filter
def booking_name(kind: str) -> str:
    return str(BOOKINGS.get(kind, kind))
