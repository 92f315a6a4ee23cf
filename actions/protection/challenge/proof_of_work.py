"""A proof of work in ALTCHA's protocol: signed, expiring, for one action, accepted once.

The browser looks for the number whose SHA-256 with the given salt is the given hash
(https://altcha.org/docs/v2/proof-of-work/). The package ``altcha`` makes and verifies it. Spent proofs stand in a
table, because a cache's get-then-set accepts one proof twice under concurrency.
"""

from __future__ import annotations

import base64
import json
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import altcha
from django.db import IntegrityError, transaction
from django.utils import timezone

from actions.protection.challenge.policy import ChallengeResult, Level, level_of
from actions.protection.keyed_hash import keyed_hash
from actions.protection.models import SpentProof

GOOD_FOR = timedelta(minutes=20)
# Longer than GOOD_FOR, so that a swept proof cannot be used again.
KEPT = timedelta(hours=24)
LONGEST = 1_000  # characters; a real one has about 400
TYPES = {"algorithm": str, "challenge": str, "number": int, "salt": str, "signature": str}


def new_challenge(action: str, *, level: Level) -> dict[str, Any]:
    """Return what the browser needs; nothing is stored. The salt says the action and the level, under the signature."""
    made = altcha.create_challenge(
        altcha.ChallengeOptions(
            algorithm="SHA-256",
            max_number=int(level),
            hmac_key=_key(),
            expires=timezone.now() + GOOD_FOR,
            params={"for": action, "level": str(int(level))},
        )
    )
    return made.to_dict()


def look_at_proof(raw: str, *, action: str, attempt_id: UUID | None) -> ChallengeResult:
    """Return what the proof is worth and use it up; the same attempt may bring it again, as a double-click does.

    An attempt is accepted once (``spend_token``), so one proof never lets two actions through. Call it outside the
    transaction that accepts: a roll-back would give the proof back.
    """
    if not raw:
        return ChallengeResult.MISSING
    payload = _read(raw)
    if payload is None or not _fits(payload, action):
        return ChallengeResult.WRONG
    is_good, _reason = altcha.verify_solution(payload, _key())  # type: ignore[call-overload]  # _read checked its shape
    if is_good and _spend(payload["challenge"], attempt_id):
        return ChallengeResult.PASSED
    return ChallengeResult.WRONG


def sweep_proofs(now: datetime) -> None:
    """Forget proofs that have run out anyway."""
    SpentProof.objects.filter(spent_at__lt=now - KEPT).delete()


def _read(raw: str) -> dict[str, Any] | None:
    """Decode base64 of JSON and check each type: the package takes whatever it finds, and fails on a list."""
    if len(raw) > LONGEST:
        return None
    try:
        payload = json.loads(base64.b64decode(raw, validate=True))
    except (ValueError, RecursionError):
        return None
    if not isinstance(payload, dict) or any(type(payload.get(name)) is not kind for name, kind in TYPES.items()):
        return None
    return payload if payload["algorithm"] == "SHA-256" else None


def _fits(payload: dict[str, Any], action: str) -> bool:
    """Whether it says this action, enough work and an end; whether it says the truth is told by the signature."""
    try:
        said = {name: values[0] for name, values in altcha.extract_params(payload).items()}  # type: ignore[arg-type]
        return said["for"] == action and int(said["level"]) >= level_of(action) and "expires" in said
    except (KeyError, ValueError):
        return False


def _spend(key: str, attempt_id: UUID | None) -> bool:
    """Mark the proof as used; False when another attempt has used it."""
    try:
        with transaction.atomic():
            SpentProof.objects.create(key=key, attempt_id=attempt_id, spent_at=timezone.now())
    except IntegrityError:
        return attempt_id is not None and SpentProof.objects.filter(key=key, attempt_id=attempt_id).exists()
    return True


def _key() -> str:
    return keyed_hash(purpose="challenge", text="proof of work")
