"""The button that opens the choice of a page, in the language of who reads it."""

from __future__ import annotations

from typing import Any

from django.db.models import ForeignKey
from django.utils.text import capfirst, format_lazy
from wagtail.admin.forms.models import register_form_field_override
from wagtail.admin.widgets import AdminPageChooser
from wagtail.models import Page


class PageChooser(AdminPageChooser):
    """Wagtail adds the kind of page to the button's words once a process, in the language of whoever came first."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if len(self.target_models) == 1 and self.target_models[0] is not Page:
            kind = capfirst(self.target_models[0]._meta.verbose_name)
            self.choose_one_text = format_lazy("{} ({})", AdminPageChooser.choose_one_text, kind)


def connect() -> None:
    """Let every form choose pages with it; a block names it itself."""
    register_form_field_override(
        ForeignKey,
        to=Page,
        override=lambda db_field: {"widget": PageChooser(target_models=[db_field.remote_field.model])},
    )
