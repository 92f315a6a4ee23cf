"""Why a text stays as it is although another language has changed."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy

REASON_LENGTH = 500


class ReasonForm(forms.Form):
    """Whoever asks adds what the editor has seen, so that a later change is noticed."""

    reason = forms.CharField(
        label=gettext_lazy("Why it says the same"),
        max_length=REASON_LENGTH,
        help_text=gettext_lazy("For the history of this text. Visitors do not see it."),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Give a reason: others must be able to see why nothing was changed.")},
    )
