"""What stands below wagtail-localize's editor."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template
from django.urls import reverse
from wagtail.models import WorkflowMixin

from home.translations.admin_editor import HAND_OVER_URL

if TYPE_CHECKING:
    from django.template import Context

register = template.Library()


@register.inclusion_tag("home/admin/hand_over.html", takes_context=True)
def hand_over(context: Context) -> dict[str, Any]:
    """The button of whoever has finished a translation."""
    record = context["instance"]
    return {
        "url": reverse(HAND_OVER_URL, args=[context["translation"].pk]),
        "waits": isinstance(record, WorkflowMixin) and record.workflow_in_progress,
        "csrf_token": context.get("csrf_token"),
    }
