"""What the admin's form for the site settings knows beyond the model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.admin.forms.models import WagtailAdminModelForm

from actions.outbox.messages import checked_address

if TYPE_CHECKING:
    from home.site_settings import SiteSettings

SWITCHES = ("letters_stopped", "parliament_dissolved")


class SiteSettingsForm(WagtailAdminModelForm):
    """Saves everything but the switches: who opened the form before a colleague's stop must not undo it."""

    def clean(self) -> dict[str, Any]:
        """Our addresses stand in the headers of every mail: one that does not fit there would hold them all."""
        cleaned = super().clean()
        for name in ("replies_address", "contact_email"):
            try:
                checked_address(cleaned.get(name) or "none@none.example")
            except ValueError:
                self.add_error(name, _("Mail cannot be sent with this address. Use one of plain letters."))
        return cleaned

    def save(self, commit: bool = True) -> SiteSettings:
        with transaction.atomic():
            rows = type(self.instance)._default_manager.select_for_update().filter(pk=self.instance.pk)
            for name, value in (rows.values(*SWITCHES).first() or {}).items():
                setattr(self.instance, name, value)
            return super().save(commit)
