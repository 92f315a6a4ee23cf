"""What the admin's forms know about letter texts beyond the model: to which record a text belongs."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel

from actions.letters.models import LetterCampaign


class RecordPanel(FieldPanel):
    """A link that is chosen once: after the first publication it is shown and cannot be changed."""

    class BoundPanel(FieldPanel.BoundPanel):
        def __init__(self, **kwargs: Any) -> None:
            super().__init__(**kwargs)
            if self.instance is not None and self.instance.first_published_at:
                self.read_only, self.bound_field = True, None


class LetterCampaignForm(WagtailAdminModelForm):
    """Saves everything but the switches: who opened the form before a colleague's stop must not undo it."""

    def save(self, commit: bool = True) -> LetterCampaign:
        with transaction.atomic():
            rows = LetterCampaign.objects.select_for_update().filter(pk=self.instance.pk)
            for name, value in (rows.values("is_stopped", "is_paused").first() or {}).items():
                setattr(self.instance, name, value)
            return super().save(commit)


class LetterWordingForm(WagtailAdminModelForm):
    """Keeps the texts of one letter campaign together, whether a language was translated or begun on its own."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.first_published_at and "letter_campaign" in self.fields:
            self.fields["letter_campaign"].disabled = True

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        letter_campaign = cleaned.get("letter_campaign")
        if letter_campaign is not None:
            self._join(letter_campaign)
        return cleaned

    def _join(self, letter_campaign: LetterCampaign) -> None:
        """Share the key that makes texts translations of each other; one text per language."""
        others = letter_campaign.wordings.exclude(pk=self.instance.pk)
        if others.filter(locale_id=self.instance.locale_id).exists():
            self.add_error("letter_campaign", _("This letter campaign already has texts in this language."))
            return
        other = others.first()
        if other is not None and self.instance.first_published_at is None:
            self.instance.translation_key = other.translation_key
