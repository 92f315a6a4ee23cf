"""Proofs of work as the page's script makes them, solved in Python."""

from __future__ import annotations

import base64
import json
from typing import Any

import altcha

from actions.protection.challenge.policy import Level
from actions.protection.challenge.proof_of_work import new_challenge


def solved(challenge: dict[str, Any]) -> str:
    """Return the field's value for a challenge as the endpoint gave it."""
    found = altcha.solve_challenge(
        challenge["challenge"], challenge["salt"], challenge["algorithm"], challenge["maxNumber"]
    )
    sent = {name: challenge[name] for name in ("algorithm", "challenge", "salt", "signature")}
    return packed({**sent, "number": found.number})


def packed(payload: Any) -> str:
    return base64.b64encode(json.dumps(payload).encode()).decode()


def unpacked(proof: str) -> dict[str, Any]:
    return json.loads(base64.b64decode(proof))


def proof_for(action: str, level: Level = Level.NORMAL) -> str:
    return solved(new_challenge(action, level=level))
