"""What the protections think of one submission: accepted, or held for a person to look at. Never a silent no."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from django.http import HttpRequest

from actions.protection.challenge.looking import look_at
from actions.protection.challenge.policy import Challenge, ChallengeResult
from actions.protection.client_address import client_address
from actions.protection.limits import Limit, hit_by_address, limit_named, moment_of, range_key
from actions.protection.tokens import FormToken, read_token

ACCEPT = "accept"
HOLD = "hold"
# Looks worth filling to a script that fills everything; people never see it.
HONEYPOT_FIELD = "website"
TOKEN_FIELD = "form_token"  # noqa: S105  # the name of a field


@dataclass(frozen=True)
class Judgement:
    """``verdict`` is ACCEPT or HOLD; ``reasons`` are short codes for staff: honeypot, limit."""

    verdict: str
    reasons: tuple[str, ...]


class Protection:
    """The protections' view of one request, as ``request.protection``."""

    def __init__(self, request: HttpRequest, *, action: str, limit: Limit) -> None:
        self._request = request
        self._action = action
        self._limit = limit

    @cached_property
    def _form_token(self) -> FormToken | None:
        return read_token(self._request.POST.get(TOKEN_FIELD), self._action)

    @property
    def token(self) -> UUID | None:
        """The attempt id of a valid form token, for ``spend_token``; None without script or token."""
        return self._form_token.attempt_id if self._form_token else None

    @property
    def verdict(self) -> str:
        """ACCEPT or HOLD. The first look counts one submission of this address: look once the form is valid."""
        return self._judgement.verdict

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why it is held; empty when it is not. Counts like ``verdict``, and both together count once."""
        return self._judgement.reasons

    def range_key(self, *, about: str) -> str:
        """Return what the visitor's address range is known by today in the record ``about`` (limits.py)."""
        return range_key(client_address(self._request), about=about, moment=moment_of(self._request))

    @cached_property
    def challenge(self) -> ChallengeResult:
        """What the form's proof is worth. Looking uses it up: look once all else is right, outside any transaction."""
        return look_at(self._request.POST, action=self._action, attempt_id=self.token)

    def held_reason(self, asked: Challenge | None = None) -> str:
        """Return the first reason to hold it, or blank; it is "challenge" where ``asked`` met no good proof."""
        if self.verdict == HOLD:
            return self.reasons[0]
        return "challenge" if asked and self.challenge != ChallengeResult.PASSED else ""

    def is_within(self, *limits: str) -> bool:
        """Count one hit of this address on each named limit until one is used up; True while it is within all.

        Higher with a ripe form token, unless the challenge was looked at and unavailable. Name the shortest window
        first, so that what it stops does not use up the longer ones. Do not ask for an attempt that is known already.
        """
        is_known = self._has_ripe_token and not self._is_challenge_unavailable
        return all(
            hit_by_address(self._request, action=name, limit=limit_named(name), has_token=is_known) for name in limits
        )

    @property
    def _has_ripe_token(self) -> bool:
        return self._form_token is not None and self._form_token.is_ripe

    @property
    def _is_challenge_unavailable(self) -> bool:
        """Whether somebody has looked at the challenge, and nobody could say what the proof is worth."""
        return vars(self).get("challenge") == ChallengeResult.UNAVAILABLE

    @cached_property
    def _judgement(self) -> Judgement:
        within = hit_by_address(self._request, action=self._action, limit=self._limit, has_token=self._has_ripe_token)
        reasons = []
        if self._request.POST.get(HONEYPOT_FIELD):
            reasons.append("honeypot")
        if not within:
            reasons.append("limit")
        return Judgement(HOLD if reasons else ACCEPT, tuple(reasons))
