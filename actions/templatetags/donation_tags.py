"""``{% load donation_tags %}``: sums as their reader writes them."""

from __future__ import annotations

from django import template

from actions.donations.amounts import format_amount

register = template.Library()


@register.filter
def money(cents: int) -> str:
    """Cents as CA$25, « 25 $ » or 25加元, in the active language."""
    return format_amount(int(cents))
