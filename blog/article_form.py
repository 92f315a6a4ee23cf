"""The article's form in the admin."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm


class ArticleForm(WagtailAdminPageForm):
    """A picture needs its words before it goes out or is submitted; a draft, which saves itself, may lack them."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if not self.is_deferred_validation and cleaned.get("lead_image") and not cleaned.get("lead_alt", "").strip():
            self.add_error("lead_alt", _("Say what the picture shows, or take the picture away."))
        return cleaned
