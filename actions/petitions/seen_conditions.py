"""What a member of staff saw before the button was pressed: condition, number and how far, signed into the form.

So what is invalidated is what the page showed, whatever was signed or changed between the two.
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import NamedTuple

from django.core import signing

from actions.petitions.conditions import Condition, Found

SALT = "actions.petitions.seen"


class Seen(NamedTuple):
    condition: Condition
    last_id: int
    expected: int


def sign_seen(condition: Condition, found: Found) -> str:
    """Return what the page's form carries along hidden."""
    parts = {
        name: value.isoformat() if isinstance(value, datetime) else value for name, value in asdict(condition).items()
    }
    return signing.Signer(salt=SALT).sign_object([parts, found.last_id, found.count])


def read_seen(raw: str) -> Seen | None:
    """Return what was seen, None when the field was not made by us."""
    try:
        parts, last_id, expected = signing.Signer(salt=SALT).unsign_object(raw)
        times = {name: datetime.fromisoformat(parts[name]) for name in ("since", "until") if parts[name]}
        return Seen(Condition(**{**parts, **times}), last_id, expected)
    except (signing.BadSignature, ValueError, TypeError):
        return None
