"""The ways to pay that the hosted pages offer: Stripe's test numbers by name, never a number that somebody types.

https://docs.stripe.com/testing
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from achk_site.demo.stripe.errors import invalid
from achk_site.demo.stripe.store import Json
from achk_site.demo.stripe.world import World

NO_ADDRESS = {"city": None, "country": "CA", "line1": None, "line2": None, "postal_code": None, "state": None}


@dataclass(frozen=True)
class Card:
    """``refusal`` is Stripe's decline code now, ``refusal_later`` the one of charges without the donor there.

    ``slow`` payments are bank debits: they stay "processing" until ``settles`` says how they ended.
    """

    number: str = "4242424242424242"
    brand: str = "visa"
    refusal: str = ""
    refusal_later: str = ""
    slow: bool = False
    settles: bool = True
    expires_soon: bool = False


CARDS: dict[str, Card] = {
    "works": Card(),
    "declined": Card("4000000000000002", refusal="generic_decline", refusal_later="generic_decline"),
    "no-funds": Card("4000000000009995", refusal="insufficient_funds", refusal_later="insufficient_funds"),
    "fails-later": Card("4000000000000341", refusal_later="generic_decline"),
    "expiring": Card("5555555555554444", brand="mastercard", expires_soon=True),
    "debit": Card("000123456789", slow=True),
    "debit-fails": Card("000222222227", slow=True, settles=False),
}
_MESSAGES = {
    "generic_decline": "Your card was declined.",
    "insufficient_funds": "Your card has insufficient funds.",
    "expired_card": "Your card has expired.",
}


def find_card(name: str) -> Card:
    if name not in CARDS:
        raise invalid(f"No such card: '{name}'. There are: {', '.join(CARDS)}.", param="card")
    return CARDS[name]


def new_method(world: World, name: str, *, email: str | None, donor: str | None, customer: str | None) -> Json:
    """Add a payment method; its note "card" names the behaviour."""
    card = find_card(name)
    kind = "acss_debit" if card.slow else "card"
    details = _debit(card) if card.slow else _plastic(world, card)
    return world.store.add(
        {
            "id": world.store.new_id("pm"),
            "object": "payment_method",
            "allow_redisplay": "limited",
            "billing_details": billing_details(email=email, donor=donor),
            "created": world.now(),
            "customer": customer,
            "customer_account": None,
            kind: details,
            "livemode": False,
            "metadata": {},
            "type": kind,
        },
        card=name,
    )


def billing_details(*, email: str | None, donor: str | None) -> Json:
    return {"address": dict(NO_ADDRESS), "email": email, "name": donor, "phone": None, "tax_id": None}


def refusal_of(world: World, method: Json, *, later: bool = False) -> Json | None:
    """Return why a charge would be refused, or None; ``later``: the donor is not there (a renewal)."""
    card = find_card(world.store.notes(method)["card"])
    reason = card.refusal_later if later else card.refusal
    if not card.slow and _has_expired(world, method["card"]):
        reason = "expired_card"
    if not reason:
        return None
    code = "expired_card" if reason == "expired_card" else "card_declined"
    refusal = {"code": code, "message": _MESSAGES[reason], "type": "card_error"}
    return refusal if code == "expired_card" else refusal | {"decline_code": reason}


def card_of(world: World, method: Json) -> Card:
    return find_card(world.store.notes(method)["card"])


def _has_expired(world: World, card: Json) -> bool:
    now = datetime.fromtimestamp(world.now(), UTC)
    return (card["exp_year"], card["exp_month"]) < (now.year, now.month)


def _plastic(world: World, card: Card) -> Json:
    now = datetime.fromtimestamp(world.now(), UTC)
    month, year = (now.month, now.year) if card.expires_soon else (12, now.year + 4)
    return {
        "brand": card.brand,
        "checks": {"address_line1_check": None, "address_postal_code_check": None, "cvc_check": "pass"},
        "country": "CA",
        "display_brand": card.brand,
        "exp_month": month,
        "exp_year": year,
        "fingerprint": f"standin{card.number[-4:]}",
        "funding": "credit",
        "generated_from": None,
        "last4": card.number[-4:],
        "networks": {"available": [card.brand], "preferred": None},
        "regulated_status": "unregulated",
        "three_d_secure_usage": {"supported": True},
        "wallet": None,
    }


def _debit(card: Card) -> Json:
    return {
        "bank_name": "Stand-in Bank",
        "fingerprint": f"standin{card.number[-4:]}",
        "institution_number": "000",
        "last4": card.number[-4:],
        "transit_number": "11000",
    }
