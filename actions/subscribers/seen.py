"""What a member of staff saw before the button was pressed: text, audience and numbers, signed into the form.

Between the preview and the button a colleague may change the update, so what is sent is held against what was seen.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import astuple, dataclass

from django.core import signing

from actions.subscribers.audience import Reach, reach
from actions.subscribers.composing import texts_of
from actions.subscribers.update_models import Missing, Update

SALT = "actions.subscribers.seen"


@dataclass(frozen=True)
class Seen:
    """``digest`` is of text and audience; ``everybody`` and ``with_text`` are the numbers that the page showed."""

    digest: str
    everybody: int
    with_text: int

    def covers(self, update: Update, numbers: Reach, *, missing: str) -> bool:
        """Return whether it is the same text and audience, and nobody more; fewer is what leaving does."""
        if missing == Missing.FALLBACK:
            return self.digest == digest_of(update) and numbers.everybody <= self.everybody
        return self.digest == digest_of(update) and numbers.with_text <= self.with_text


def digest_of(update: Update) -> str:
    written = json.dumps([update.pk, texts_of(update), astuple(update.audience)], sort_keys=True)
    return hashlib.sha256(written.encode()).hexdigest()


def sign_seen(update: Update, numbers: Reach | None = None) -> str:
    """Return what the page's form carries along hidden; ``numbers`` are those that it shows."""
    numbers = numbers or reach(update.audience, texts_of(update))
    return signing.Signer(salt=SALT).sign_object([digest_of(update), numbers.everybody, numbers.with_text])


def read_seen(raw: str) -> Seen | None:
    """Return what was seen, None when the field was not made by us."""
    try:
        return Seen(*signing.Signer(salt=SALT).unsign_object(raw)) if raw else None
    except (signing.BadSignature, ValueError):
        return None
