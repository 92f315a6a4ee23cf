"""What stands below wagtail-localize's editor, and what Wagtail's lists of work do not say."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django import template
from django.urls import reverse
from django.utils.text import capfirst
from wagtail.admin.ui.side_panels import StatusSidePanel
from wagtail.models import Page, WorkflowMixin

from home.translations.admin_editor import HAND_OVER_URL
from home.translations.former import former_words
from home.translations.roles import only_translates

if TYPE_CHECKING:
    from django.template import Context

register = template.Library()


@register.filter
def kind_name(record: Any) -> str:
    """What the record is, as the list of translations calls it."""
    model = (record.specific_class or Page) if isinstance(record, Page) else type(record)
    return str(capfirst(model._meta.verbose_name))


@register.simple_tag(takes_context=True)
def offer_only_what_is_allowed(context: Context) -> str:
    """Take out of the editor's menu what would be refused: copies for everybody, deleting for who only translates."""
    props = json.loads(context["props"])
    props["links"]["convertToAliasUrl"] = None
    if only_translates(context["request"].user):
        props["perms"]["canDelete"] = False
    context["props"] = json.dumps(props)
    return ""


class TextStatusPanel(StatusSidePanel):
    """The status of a text, with the addresses that Wagtail's template asks for once the text was submitted.

    wagtail-localize 1.14 gives them for pages alone: without them the editor answers with an error.
    """

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        viewset = self.object.snippet_viewset
        return {
            **super().get_context_data(parent_context),
            "workflow_history_url": reverse(viewset.get_url_name("workflow_history"), args=[self.object.pk]),
            "revisions_compare_url_name": viewset.get_url_name("revisions_compare"),
        }


@register.simple_tag(takes_context=True)
def say_how_a_text_stands(context: Context) -> str:
    """Put our panel in the place of wagtail-localize's, where a text that is open has a workflow."""
    if isinstance(context["instance"], WorkflowMixin) and not context["is_page"]:
        for panel in context["side_panels"]:
            if type(panel) is StatusSidePanel:
                panel.__class__ = TextStatusPanel
    return ""


@register.inclusion_tag("home/admin/former_words.html", takes_context=True)
def show_former_words(context: Context) -> dict[str, Any]:
    """What was translated before the original changed, so that nobody types a paragraph anew for one word."""
    translation = context["translation"]
    return {
        "entries": former_words(translation),
        "original": translation.source.locale.language_code,
        "language": translation.target_locale.language_code,
    }


@register.inclusion_tag("home/admin/hand_over.html", takes_context=True)
def hand_over(context: Context) -> dict[str, Any]:
    """The button of whoever has finished a translation."""
    record = context["instance"]
    return {
        "url": reverse(HAND_OVER_URL, args=[context["translation"].pk]),
        "waits": isinstance(record, WorkflowMixin) and record.workflow_in_progress,
        "changes_asked_for": _changes_asked_for(record),
        "csrf_token": context.get("csrf_token"),
        "only_translates": only_translates(context["request"].user),
    }


def _changes_asked_for(record: Any) -> str | None:
    """Return what whoever gave the translation back wrote, perhaps nothing; None where nobody gave it back."""
    state = record.current_workflow_state if isinstance(record, WorkflowMixin) else None
    if state is None or state.status != state.STATUS_NEEDS_CHANGES or state.current_task_state is None:
        return None
    return str(state.current_task_state.specific.get_comment())
