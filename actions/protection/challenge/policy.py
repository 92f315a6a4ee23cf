"""When the challenge is asked for, and how much work it is: never before it is needed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum

from django.utils.translation import gettext_lazy as _

from actions.protection.breaker import BreakerState, breakers, state


class Level(IntEnum):
    """How much work; the number is the largest that may have to be tried, a half of it on average.

    A cheap phone tries about 200,000 numbers a second in each of its threads (docs/decisions/0018).
    """

    NORMAL = 100_000
    RAISED = 8 * NORMAL


class ChallengeResult(StrEnum):
    """What a form's proof is worth; ``UNAVAILABLE``: nobody could say, so nobody may be refused for it."""

    PASSED = "passed"
    MISSING = "missing"
    WRONG = "wrong"
    UNAVAILABLE = "unavailable"


@dataclass(frozen=True)
class Challenge:
    """The challenge as one form asks for it; ``action`` is the form's ``data-action``."""

    action: str
    level: Level


# The field of our own widget, and the one that Google's script adds.
PROOF_FIELD = "proof"
RECAPTCHA_FIELD = "g-recaptcha-response"

ERRORS = {
    ChallengeResult.MISSING: _(
        "The check against programs was not finished. Wait until it says that it is done, then send the form again."
    ),
    ChallengeResult.WRONG: _("The check against programs has run out. Let it run once more, then send the form again."),
}


def challenge_for(action: str, *, asked: bool = False) -> Challenge | None:
    """Return the challenge that a form must ask for now, or None.

    It is ``RAISED`` while a breaker that guards ``action`` is not closed; ``asked`` is an editor's switch. Costs no
    query for an action that no breaker guards, else two in a few seconds.
    """
    level = level_of(action)
    return Challenge(action, level) if asked or level is Level.RAISED else None


def level_of(action: str) -> Level:
    """Return how much work a proof for ``action`` must be now, whether or not its form asks for one."""
    guards = (name for name, breaker in breakers().items() if action in breaker.guards)
    return Level.RAISED if any(state(name) != BreakerState.CLOSED for name in guards) else Level.NORMAL
