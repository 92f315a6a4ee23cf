"""A form that asks for the challenge when it is told to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from actions.protection.challenge.policy import ERRORS, PROOF_FIELD, Challenge, ChallengeResult

if TYPE_CHECKING:
    from actions.protection.verdicts import Protection


class ChallengedForm(forms.Form):
    """Refuses a missing or wrong proof once all else is right, so that a mistyped field uses none up.

    ``asked`` comes from ``challenge_for``; ``protection`` is the request's, for a bound form. ``challenge_result`` is
    None where nothing was asked; ``UNAVAILABLE`` refuses nobody: ``protection.is_within`` then takes its lower limits.
    Render it by ``{% challenge form.asked error=form.proof.errors.0 %}``, not as a field.
    """

    proof = forms.CharField(label=_("Check against programs"), required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, asked: Challenge | None = None, protection: Protection | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.asked = asked
        self.challenge_result: ChallengeResult | None = None
        self._protection = protection

    def full_clean(self) -> None:
        super().full_clean()
        if not self.is_bound or self.asked is None or self._protection is None or self.errors:
            return
        self.challenge_result = self._protection.challenge
        if self.challenge_result in ERRORS:
            self.add_error(PROOF_FIELD, ERRORS[self.challenge_result])
