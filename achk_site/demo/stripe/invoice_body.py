"""What an invoice looks like: https://docs.stripe.com/api/invoices/object."""

from __future__ import annotations

from dataclasses import dataclass

from achk_site.demo.stripe.store import Json
from achk_site.demo.stripe.world import World


@dataclass(frozen=True)
class Bill:
    """What an invoice is about; ``start`` and ``end`` are the period's, ``amount`` is in cents."""

    reason: str
    amount: int
    start: int
    end: int


def invoice_body(world: World, subscription: Json, bill: Bill) -> Json:
    customer = world.store.get("customer", subscription["customer"])
    invoice_id = world.store.new_id("in")
    parent = {
        "quote_details": None,
        "subscription_details": {"metadata": dict(subscription["metadata"]), "subscription": subscription["id"]},
        "type": "subscription_details",
    }
    return {
        "id": invoice_id,
        "object": "invoice",
        "account_country": "CA",
        "account_name": "Stand-in",
        "account_tax_ids": None,
        "amount_due": bill.amount,
        "amount_overpaid": 0,
        "amount_paid": 0,
        "amount_remaining": bill.amount,
        "amount_shipping": 0,
        "application": None,
        "attempt_count": 0,
        "attempted": False,
        "auto_advance": False,
        "automatic_tax": {
            "disabled_reason": None,
            "enabled": False,
            "liability": None,
            "provider": None,
            "status": None,
        },
        "automatically_finalizes_at": None,
        "billing_reason": bill.reason,
        "collection_method": "charge_automatically",
        "created": world.now(),
        "currency": subscription["currency"],
        "custom_fields": None,
        "customer": customer["id"],
        "customer_account": None,
        "customer_address": None,
        "customer_email": customer["email"],
        "customer_name": customer["name"],
        "customer_phone": None,
        "customer_shipping": None,
        "customer_tax_exempt": "none",
        "customer_tax_ids": [],
        "default_payment_method": None,
        "default_source": None,
        "default_tax_rates": [],
        "description": None,
        "discounts": [],
        "due_date": None,
        "effective_at": None,
        "ending_balance": 0,
        "footer": None,
        "from_invoice": None,
        "hosted_invoice_url": None,
        "invoice_pdf": None,
        "issuer": {"type": "self"},
        "last_finalization_error": None,
        "latest_revision": None,
        "lines": {
            "object": "list",
            "data": [_line(world, subscription, bill, invoice_id, parent)],
            "has_more": False,
            "url": f"/v1/invoices/{invoice_id}/lines",
        },
        "livemode": False,
        "metadata": {},
        "next_payment_attempt": None,
        "number": None,
        "on_behalf_of": None,
        "parent": parent,
        "payment_settings": {"default_mandate": None, "payment_method_options": None, "payment_method_types": None},
        "period_end": bill.end if bill.reason == "upcoming" else world.now(),
        "period_start": bill.start if bill.reason == "upcoming" else world.now(),
        "post_payment_credit_notes_amount": 0,
        "pre_payment_credit_notes_amount": 0,
        "receipt_number": None,
        "rendering": None,
        "shipping_cost": None,
        "shipping_details": None,
        "starting_balance": 0,
        "statement_descriptor": None,
        "status": "draft",
        "status_transitions": {
            "finalized_at": None,
            "marked_uncollectible_at": None,
            "paid_at": None,
            "voided_at": None,
        },
        "subtotal": bill.amount,
        "subtotal_excluding_tax": bill.amount,
        "test_clock": None,
        "total": bill.amount,
        "total_discount_amounts": [],
        "total_excluding_tax": bill.amount,
        "total_pretax_credit_amounts": [],
        "total_taxes": [],
        "webhooks_delivered_at": None,
    }


def _line(world: World, subscription: Json, bill: Bill, invoice_id: str, parent: Json) -> Json:
    item = subscription["items"]["data"][0]
    details = {
        "invoice_item": None,
        "proration": False,
        "proration_details": {"credited_items": None},
        "subscription": subscription["id"],
        "subscription_item": item["id"],
    }
    price = {"price": item["price"]["id"], "product": item["price"]["product"]}
    return {
        "id": world.store.new_id("il"),
        "object": "line_item",
        "amount": bill.amount,
        "currency": subscription["currency"],
        "description": world.store.get("product", item["price"]["product"])["name"],
        "discount_amounts": [],
        "discountable": True,
        "discounts": [],
        "invoice": invoice_id,
        "livemode": False,
        "metadata": dict(parent["subscription_details"]["metadata"]),
        "parent": {
            "invoice_item_details": None,
            "subscription_item_details": details,
            "type": "subscription_item_details",
        },
        "period": {"end": bill.end, "start": bill.start},
        "pretax_credit_amounts": [],
        "pricing": {
            "price_details": price,
            "type": "price_details",
            "unit_amount_decimal": item["price"]["unit_amount_decimal"],
        },
        "quantity": item["quantity"],
        "subtotal": bill.amount,
        "taxes": [],
    }
