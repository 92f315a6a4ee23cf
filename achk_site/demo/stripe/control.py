"""The other side of the counter: what donors, banks and time do, and the switches that make the stand-in fail."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

from achk_site.demo.stripe import balance, portal, refunds, subscriptions
from achk_site.demo.stripe.api import Api
from achk_site.demo.stripe.checkout import close_session
from achk_site.demo.stripe.clockwork import advance
from achk_site.demo.stripe.errors import ApiError, invalid
from achk_site.demo.stripe.events import emit, whole_event
from achk_site.demo.stripe.faults import Faults
from achk_site.demo.stripe.paying import Donor, pay_session, settle_payment
from achk_site.demo.stripe.store import Json
from achk_site.demo.stripe.tally import ledger, legacy_card, state
from achk_site.demo.stripe.webhooks import Courier
from achk_site.demo.stripe.world import DAY, World


class Control:
    """Each public method answers ``/_control/<name>``; its keywords are the fields of the JSON body."""

    def __init__(self, world: World, faults: Faults, courier: Courier, api: Api) -> None:
        self._world, self._faults, self._courier, self._api = world, faults, courier, api
        # These wait, so they take the lock themselves.
        self._unlocked: dict[str, Callable[..., Any]] = {"drain": self.drain, "hurry": self.hurry}

    def answer(self, name: str, body: dict[str, Any]) -> Any:
        if name in self._unlocked:
            return self._unlocked[name](**_checked(self._unlocked[name], body))
        method = None if name.startswith("_") or name == "answer" else getattr(self, name, None)
        if method is None:
            raise ApiError(404, "invalid_request_error", f"No such control: {name}")
        with self._world.store.lock:
            try:
                return method(**_checked(method, body))
            finally:
                self._world.store.write_down()

    def pay(self, session: str, card: str = "works", email: str = "donor@example.org", name: str = "") -> Json:
        """Pay as the hosted page would; the answer holds "error" when the card was refused."""
        refusal = pay_session(self._world, session, Donor(card=card, email=email, name=name))
        found = self._world.store.get("checkout.session", session)
        return {"session": found, "error": refusal}

    def expire(self, session: str) -> Json:
        return close_session(self._world, self._world.store.get("checkout.session", session))

    def settle(self, session: str) -> Json:
        """End a bank debit now instead of after its days."""
        settle_payment(self._world, self._intent(session))
        return self._world.store.get("checkout.session", session)

    def advance(self, days: float = 0, seconds: float = 0) -> Json:
        done = advance(self._world, int(days * DAY + seconds))
        return {"now": self._world.now(), "done": done}

    def refund(self, of: str, amount: int | None = None, reason: str | None = None) -> Json:
        """Refund as staff can on Stripe's own side; ``of`` is a charge, payment intent, session or invoice."""
        given = {"charge": self._charge(of)["id"], "amount": amount and str(amount), "reason": reason}
        return refunds.create_refund(self._world, {name: value for name, value in given.items() if value})

    def fail_refund(self, refund: str) -> Json:
        return refunds.fail_refund(self._world, refund)

    def dispute(self, of: str) -> Json:
        return refunds.open_dispute(self._world, self._charge(of)["id"])

    def answer_dispute(self, dispute: str) -> Json:
        return refunds.update_dispute(self._world, {}, dispute)

    def close_dispute(self, dispute: str, won: bool = False) -> Json:
        return refunds.close_dispute(self._world, dispute, won=won)

    def payout(self, even_pending: bool = True) -> Json:
        return balance.new_payout(self._world, even_pending=even_pending)

    def cancel(self, subscription: str) -> Json:
        return subscriptions.cancel_subscription(self._world, {}, subscription)

    def retry(self, subscription: str) -> Json:
        """Charge the open invoice of a monthly gift again, now."""
        found = subscriptions.living(self._world, subscription)
        invoice = self._world.store.get("invoice", found["latest_invoice"])
        if invoice["status"] != "open":
            raise invalid("Its latest invoice is not open.")
        subscriptions.collect(self._world, found, invoice)
        return found

    def set_card(self, subscription: str, card: str) -> Json:
        """Put another card behind the gifts of a subscription's donor, as the portal does."""
        found = subscriptions.living(self._world, subscription)
        refusal = portal.replace_card(self._world, found, card)
        return {"subscription": found, "error": refusal}

    def renew_card(self, subscription: str) -> Json:
        """Let the bank give out the same card anew, and tell Stripe, as card networks do."""
        found = subscriptions.living(self._world, subscription)
        method = self._world.store.get("payment_method", found["default_payment_method"])
        before = method["card"]["exp_year"]
        method["card"]["exp_year"] = before + 4
        self._world.store.save(method)
        emit(self._world, "payment_method.automatically_updated", method, card={"exp_year": before})
        return method

    def card_expires(self, subscription: str) -> Json:
        """Send customer.source.expiring, which Stripe sends for old card objects only, not for Checkout's."""
        found = subscriptions.living(self._world, subscription)
        return whole_event(self._world, emit(self._world, "customer.source.expiring", legacy_card(self._world, found)))

    def faults(self, **switches: Any) -> Json:
        self._faults.set(switches)
        return self._faults.as_json()

    def clear_faults(self) -> Json:
        self._faults.clear()
        return self._faults.as_json()

    def endpoints(self, endpoints: list[list[Any]]) -> Json:
        """Replace the webhooks' endpoints: [address, secret, event types or none for all]."""
        self._world.settings.endpoints = [
            (address, secret, tuple(kinds[0]) if kinds else ()) for address, secret, *kinds in endpoints
        ]
        return {"endpoints": len(endpoints)}

    def settings(self, **changed: Any) -> Json:
        """Change settings of ``world.Settings`` while it runs."""
        for name, value in changed.items():
            if name not in ("automatic_payouts", "slow_payment_seconds", "retry_pauses"):
                raise invalid(f"No such setting to change: {name}")
            setattr(self._world.settings, name, tuple(value) if isinstance(value, list) else value)
        if changed.get("automatic_payouts"):
            self._world.store.memory["payout_day"] = self._world.now() // DAY
        return changed

    def resend(self, event: str) -> Json:
        self._courier.resend(self._world.store.get("event", event))
        return {"event": event}

    def drain(self, seconds: float = 30) -> Json:
        """Wait until no webhook is on its way."""
        return {"drained": self._courier.drain(seconds)}

    def hurry(self) -> Json:
        """Send the webhooks now that wait for another attempt."""
        self._courier.hurry()
        return {}

    def state(self) -> Json:
        return {**state(self._world), "webhooks_waiting": self._courier.waiting(), "faults": self._faults.as_json()}

    def ledger(self) -> Json:
        return {"charges": ledger(self._world)}

    def requests(self, path: str = "") -> Json:
        """Return what was sent to addresses that contain ``path``, the oldest first."""
        return {"requests": [one for one in self._api.requests if path in one["path"]]}

    def events(self, type: str = "") -> Json:  # noqa: A002 - Stripe's own name
        found = self._world.store.oldest_first("event")
        return {"events": [whole_event(self._world, event) for event in found if not type or event["type"] == type]}

    def _intent(self, of: str) -> Json:
        item = self._world.store.peek(of) or {}
        intent_id = item.get("payment_intent")
        if item.get("object") == "checkout.session" and item.get("invoice"):
            item = self._world.store.get("invoice", item["invoice"])
        if item.get("object") == "invoice":
            payments = self._world.store.oldest_first("invoice_payment", invoice=item["id"])
            intent_id = payments[0]["payment"]["payment_intent"] if payments else None
        if intent_id is None:
            raise invalid(f"Nothing was paid with '{of}'.")
        return self._world.store.get("payment_intent", intent_id)

    def _charge(self, of: str) -> Json:
        item = self._world.store.peek(of) or {}
        if item.get("object") == "charge":
            return item
        intent = item if item.get("object") == "payment_intent" else self._intent(of)
        return self._world.store.get("charge", intent["latest_charge"])


def _checked(method: Callable[..., Any], body: dict[str, Any]) -> dict[str, Any]:
    try:
        inspect.signature(method).bind(**body)
    except TypeError as error:
        raise invalid(str(error)) from error
    return body
