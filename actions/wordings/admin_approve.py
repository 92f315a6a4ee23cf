"""Approving a text from its form: Wagtail saves the form first, and approved the revision before that."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from wagtail.snippets.views.snippets import EditView


class WordingEditView(EditView):
    """What a moderator sends with "Approve" is what they approve.

    With ``WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT`` only an approval of the newest revision counts, and Wagtail's
    view of snippets makes a new revision at every press: the text would wait for the same approval for ever.
    """

    def workflow_action_action(self) -> Any:
        state = self.object.current_workflow_state
        if state is not None and state.current_task_state is not None and self.new_revision is not None:
            if not self.form.has_changed():
                state.copy_approved_task_states_to_revision(self.new_revision)
            state.current_task_state.revision = self.new_revision
            state.current_task_state.save(update_fields=["revision"])
        return super().workflow_action_action()

    def get_success_message(self, instance: Any = None) -> str:
        if self.action == "workflow-action" and self.workflow_action == "approve":
            self.object.refresh_from_db()
            if not self.object.workflow_in_progress:
                return _("“%(title)s” is approved and published.") % {"title": self.object.title}
            return _("“%(title)s” is approved and goes on to the next step.") % {"title": self.object.title}
        return str(super().get_success_message(instance))
