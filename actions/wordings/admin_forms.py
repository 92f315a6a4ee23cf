"""What the admin's forms know about texts beyond the model: to which record a text belongs."""

from __future__ import annotations

from typing import Any, ClassVar

from django.utils.functional import Promise
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel


class RecordPanel(FieldPanel):
    """A link that is chosen once: after the first publication it is shown and cannot be changed."""

    class BoundPanel(FieldPanel.BoundPanel):
        def __init__(self, **kwargs: Any) -> None:
            super().__init__(**kwargs)
            if self.instance is not None and self.instance.first_published_at:
                self.read_only, self.bound_field = True, None


class WordingForm(WagtailAdminModelForm):
    """Keeps the texts of one record together, whether a language was translated or begun on its own.

    ``record_field`` is the link to the record, ``taken_message`` what is said when it has a text in the language.
    """

    record_field: ClassVar[str] = ""
    taken_message: ClassVar[str | Promise] = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.first_published_at and self.record_field in self.fields:
            self.fields[self.record_field].disabled = True

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
