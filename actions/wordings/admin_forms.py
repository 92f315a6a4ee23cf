"""What the admin's forms know about texts beyond the model: to which record a text belongs, and how it was changed."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel

from actions.wordings.asking import ChangeQuestion
from actions.wordings.states import Change


class RecordPanel(FieldPanel):
    """A link that is chosen once: after the first publication it is shown and cannot be changed."""

    class BoundPanel(FieldPanel.BoundPanel):
        def __init__(self, **kwargs: Any) -> None:
            super().__init__(**kwargs)
            if self.instance is not None and self.instance.first_published_at:
                self.read_only, self.bound_field = True, None


class WordingForm(WagtailAdminModelForm):
    """Keeps the texts of one record together, and asks how a text that people have acted on was changed.

    ``record_field`` is the link to the record, ``taken_message`` what is said when it has a text in the language.
    ``change`` is the answer, ``since`` what stood published when it was given. A draft needs no answer; it
    keeps one for whoever publishes it. ``since`` is drawn by the panel, and never holds what was posted.
    """

    record_field: ClassVar[str] = ""
    taken_message: ClassVar[str | Promise] = ""

    change = forms.ChoiceField(
        label=gettext_lazy("What kind of change is it?"), required=False, widget=forms.RadioSelect
    )
    since = forms.CharField(required=False, max_length=30, widget=forms.TextInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.first_published_at and self.record_field in self.fields:
            self.fields[self.record_field].disabled = True
        self.fields["change"].choices = [
            (Change.TYPO.value, Change.TYPO.label),
            (Change.MATERIAL.value, self.instance.material_label),
        ]
        self.answer_before = (self.instance.said_of, self.instance.said_change, self.instance.said_by_id)

    @property
    def changed_data(self) -> list[str]:
        return [name for name in super().changed_data if name != "since"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        record = cleaned.get(self.record_field)
        if record is not None:
            self._join(record)
        return cleaned

    def _join(self, record: Any) -> None:
        """Share the key that makes texts translations of each other; one text per language."""
        others = record.wordings.exclude(pk=self.instance.pk)
        if others.filter(locale_id=self.instance.locale_id).exists():
            self.add_error(self.record_field, self.taken_message)
            return
        other = others.first()
        if other is not None and self.instance.first_published_at is None:
            self.instance.translation_key = other.translation_key

    def _post_clean(self) -> None:
        super()._post_clean()
        self._keep_answer()

    def _keep_answer(self) -> None:
        """Put the answer with the text it was given for; an older one stands as long as nothing else was changed."""
        wording, question = self.instance, ChangeQuestion(self.instance)
        wording.said_of, wording.said_change, wording.said_by_id = "", "", None
        if not question.differs:
            return
        given, seen = self.cleaned_data.get("change"), self.cleaned_data.get("since")
        if given and seen == question.since:
            wording.said_of, wording.said_change, wording.said_by = question.key, given, self.for_user
        elif not given and self.answer_before[0] == question.key:
            wording.said_of, wording.said_change, wording.said_by_id = self.answer_before
        elif question.is_required and not self.is_deferred_validation and "change" not in self.errors:
            self.add_error("change", self._why_asked(is_outdated=bool(given)))

    def _why_asked(self, *, is_outdated: bool) -> str:
        if is_outdated:
            return _(
                "Another text was published since you opened this page. Look at the difference, then say once more "
                "what kind of change it is."
            )
        return _("People have acted on this text. Say what kind of change it is; until then you can save a draft.")
