"""The buttons that open the choice of a page or a record, in the language of who reads them.

Wagtail makes up their words once a process: in English, or in the language of whoever came first.
"""

from __future__ import annotations

from typing import Any

from django.db.models import ForeignKey
from django.utils.functional import lazy
from django.utils.text import capfirst, format_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import register_form_field_override
from wagtail.admin.widgets import AdminPageChooser
from wagtail.models import Page
from wagtail.snippets.views.chooser import SnippetChooserViewSet
from wagtail.snippets.widgets import AdminSnippetChooser


class PageChooser(AdminPageChooser):
    """Says which kind of page may be chosen."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if len(self.target_models) == 1 and self.target_models[0] is not Page:
            kind = capfirst(self.target_models[0]._meta.verbose_name)
            self.choose_one_text = format_lazy("{} ({})", AdminPageChooser.choose_one_text, kind)


class SnippetChooser(AdminSnippetChooser):
    """Says which kind of record is chosen."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose_one_text = self._named(_("Choose %(object)s"))
        self.choose_another_text = self._named(_("Choose another %(object)s"))
        self.link_to_chosen_text = self._named(_("Edit this %(object)s"))

    def _named(self, words: Any) -> Any:
        return lazy(lambda: str(words) % {"object": self.model._meta.verbose_name}, str)()


def connect() -> None:
    """Let every form choose with these; a block names its own."""
    SnippetChooserViewSet.base_widget_class = SnippetChooser
    register_form_field_override(
        ForeignKey,
        to=Page,
        override=lambda db_field: {"widget": PageChooser(target_models=[db_field.remote_field.model])},
    )
