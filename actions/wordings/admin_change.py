"""The panel that asks how a text was changed, and shows whoever publishes what was said and the difference."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import Panel

from actions.listing import listed
from actions.wordings.asking import ChangeQuestion


class ChangePanel(Panel):
    """Stands at the end of a text's form once there is somebody to be told of a change."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(heading=_("When the text changes"), **kwargs)

    def clone_kwargs(self) -> dict[str, Any]:
        return {name: value for name, value in super().clone_kwargs().items() if name != "heading"}

    def get_form_options(self) -> dict[str, Any]:
        """The form's own fields are drawn here; Wagtail draws what no panel claims once more, below them all."""
        return {"fields": ["change", "since"]}

    class BoundPanel(Panel.BoundPanel):
        template_name = "actions/admin/change_panel.html"

        def __init__(self, **kwargs: Any) -> None:
            super().__init__(**kwargs)
            self.question = ChangeQuestion(self.instance)

        def is_shown(self) -> bool:
            return super().is_shown() and self.question.is_asked

        def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            labels = dict(self.form.fields["change"].choices)
            return {
                **context,
                "question": self.question,
                "field": self.form["change"],
                "fields": listed(self.question.fields),
                "answered": labels.get(self.question.answered, ""),
                "said_by": self.instance.said_by,
            }
