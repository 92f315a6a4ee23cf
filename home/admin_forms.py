"""What the admin's form for the site settings knows beyond the model."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from wagtail.admin.forms.models import WagtailAdminModelForm

if TYPE_CHECKING:
    from home.site_settings import SiteSettings

SWITCHES = ("letters_stopped", "parliament_dissolved")


class SiteSettingsForm(WagtailAdminModelForm):
    """Saves everything but the switches: who opened the form before a colleague's stop must not undo it."""

    def save(self, commit: bool = True) -> SiteSettings:
        with transaction.atomic():
            rows = type(self.instance)._default_manager.select_for_update().filter(pk=self.instance.pk)
            for name, value in (rows.values(*SWITCHES).first() or {}).items():
                setattr(self.instance, name, value)
            return super().save(commit)
