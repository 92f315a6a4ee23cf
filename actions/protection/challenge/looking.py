"""Which of the two is asked about a form's proof."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.http import QueryDict

from actions.protection.challenge import proof_of_work, recaptcha
from actions.protection.challenge.policy import PROOF_FIELD, RECAPTCHA_FIELD, ChallengeResult


def uses_recaptcha() -> bool:
    return settings.CHALLENGE == "recaptcha"


def look_at(data: QueryDict, *, action: str, attempt_id: UUID | None) -> ChallengeResult:
    """Return what the posted proof is worth, and use it up."""
    if uses_recaptcha():
        return recaptcha.look_at_token(data.get(RECAPTCHA_FIELD, ""))
    return proof_of_work.look_at_proof(data.get(PROOF_FIELD, ""), action=action, attempt_id=attempt_id)


def carried(data: QueryDict) -> dict[str, str]:
    """Return the proof as fields, for a page between the form and its acceptance that must hand it on."""
    return {name: str(data[name]) for name in (PROOF_FIELD, RECAPTCHA_FIELD) if data.get(name)}
