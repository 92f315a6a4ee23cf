"""A translator has finished: a revision with the whole translation goes to whoever publishes."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from wagtail.log_actions import log
from wagtail.models import WorkflowMixin
from wagtail_localize.models import StringTranslation, Translation

from home.translations.missing import MACHINE, open_entries


class NotFinished(Exception):
    """Some entries are open; ``entries`` holds the source's words of them."""

    def __init__(self, entries: list[str]) -> None:
        super().__init__(entries)
        self.entries = entries


def hand_over(*, translation: Translation, user: Any) -> Any:
    """Save the translation as a draft and start its workflow, where it has one; return the record.

    wagtail-localize's own draft (``save_target(publish=False)``) writes into the live row and takes a live text
    down. Raises NotFinished, and ValidationError where the translated content is refused.
    """
    with transaction.atomic():
        left = [entry.string.data for entry in open_entries(translation)]
        if left:
            raise NotFinished(left)
        record = translation.source.get_ephemeral_translated_instance(translation.target_locale, fallback=True)
        revision = record.save_revision(user=user)
        log(instance=record, action="translations.hand_over", user=user, revision=revision)
        _start_workflow(record, revision, user)
        return record


def _start_workflow(record: Any, revision: Any, user: Any) -> None:
    """A workflow that is under way goes on with the new revision; one that was rejected begins its task again."""
    if not isinstance(record, WorkflowMixin):
        return
    state = record.current_workflow_state
    if state is None:
        workflow = record.get_workflow()
        if workflow is not None:
            workflow.start(record, user)
    elif state.status == state.STATUS_NEEDS_CHANGES:
        state.resume(user)
    elif state.current_task_state is not None:
        state.current_task_state.revision = revision
        state.current_task_state.save(update_fields=["revision"])


def by_machine(translation: Translation) -> list[tuple[str, str]]:
    """Return what a machine wrote and nobody has seen: the source's words, the machine's."""
    return [(entry.string.data, entry.machine) for entry in open_entries(translation) if entry.machine]


def accept_machine(*, translation: Translation, seen: list[str], user: Any) -> None:
    """Somebody has read what the machine wrote, ``seen``, and answers for it; what it wrote since then stays open."""
    written = StringTranslation.objects.filter(
        translation_type=MACHINE,
        locale_id=translation.target_locale_id,
        context__object_id=translation.source.object_id,
        data__in=seen,
    )
    written.update(translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL, last_translated_by=user)
