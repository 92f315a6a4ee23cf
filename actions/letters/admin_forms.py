"""What the admin's forms know about letter campaigns and their texts beyond the models."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm

from actions.letters.models import LetterCampaign
from actions.wordings.admin_forms import WordingForm


class LetterCampaignForm(WagtailAdminModelForm):
    """Saves everything but the switches: who opened the form before a colleague's stop must not undo it."""

    def save(self, commit: bool = True) -> LetterCampaign:
        with transaction.atomic():
            rows = LetterCampaign.objects.select_for_update().filter(pk=self.instance.pk)
            for name, value in (rows.values("is_stopped", "is_paused").first() or {}).items():
                setattr(self.instance, name, value)
            return super().save(commit)


class LetterWordingForm(WordingForm):
    record_field = "letter_campaign"
    taken_message = _("This letter campaign already has texts in this language.")
