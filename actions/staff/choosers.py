"""Choosing a record in the admin, with buttons in the language of whoever sees them."""

from __future__ import annotations

from typing import Any

from django.utils.functional import lazy
from django.utils.translation import gettext
from wagtail.snippets.views.chooser import SnippetChooserViewSet
from wagtail.snippets.widgets import AdminSnippetChooser


class RecordChooser(AdminSnippetChooser):
    """Wagtail puts the model's name into the words when the form's class is made, in the language of that moment."""

    def __init__(self, model: Any = None, **kwargs: Any) -> None:
        super().__init__(model, **kwargs)
        self.choose_one_text = self._about("Choose %(object)s")
        self.choose_another_text = self._about("Choose another %(object)s")
        self.link_to_chosen_text = self._about("Edit this %(object)s")

    def _about(self, words: str) -> Any:
        """The words are Wagtail's own, in its catalogues."""
        return lazy(lambda: gettext(words) % {"object": self.model._meta.verbose_name}, str)()


class RecordChooserViewSet(SnippetChooserViewSet):
    base_widget_class = RecordChooser
