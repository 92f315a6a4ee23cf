"""Whether a webhook is Stripe's: signature over the raw body, by any of our secrets, signed just now."""

from __future__ import annotations

import json
import re
import time

import stripe

from actions.donations import stripe_answers as answers
from actions.donations.facts import EventFacts

# Either way: the client accepts a time in the future without end, and a captured request must not live for ever.
TOLERANCE_SECONDS = 300
TIME = re.compile(r"(?:^|,)t=([0-9]{1,12})(?:,|$)")


class NotStripes(Exception):
    """Nobody who knows a secret of ours has signed this now, or what was signed is no event."""


def read_event(body: bytes, header: str, secrets: list[str]) -> EventFacts:
    """Return the event in a webhook's body; several secrets hold while one is being replaced. Raises NotStripes."""
    signed_at = TIME.search(header)
    if signed_at is None or int(signed_at[1]) > time.time() + TOLERANCE_SECONDS:
        raise NotStripes("time")
    for secret in secrets:
        try:
            stripe.WebhookSignature.verify_header(body, header, secret, TOLERANCE_SECONDS)
        except stripe.SignatureVerificationError:
            continue
        except (ValueError, TypeError) as error:  # a body or a header that is no text
            raise NotStripes("content") from error
        return _event(body)
    raise NotStripes("signature")


def _event(body: bytes) -> EventFacts:
    """Read the few words that are kept; objects of Stripe's client would be made from all the others too."""
    try:
        return answers.event_in(json.loads(body))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, OverflowError) as error:
        raise NotStripes("content") from error
