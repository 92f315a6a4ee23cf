"""What is said once more to whoever has just published: a warning that blocks nothing."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import Page

from actions.readiness.panel import findings


def after_publishing(request: HttpRequest, thing: Any) -> None:
    """Wagtail's hook after a page or text went out, or was given a time at which it will."""
    found = findings(thing)
    if found:
        is_out = not thing.go_live_at or thing.go_live_at <= timezone.now()
        lead = _("It is out. What could still be better:") if is_out else _("Before it goes out, this could be better:")
        items = format_html_join("", "<li>{}</li>", ((one.text,) for one in found))
        messages.warning(request, format_html("{}<ul>{}</ul>", lead, items))


def after_approving(request: HttpRequest, thing: Any) -> None:
    """Wagtail's hook after an editor was sent; of an approved page Wagtail says no more than that it was updated."""
    if "action-workflow-action" not in request.POST or request.POST.get("workflow-action-name") != "approve":
        return
    thing.refresh_from_db()
    if not thing.live or thing.has_unpublished_changes or thing.workflow_in_progress:
        return
    if isinstance(thing, Page):
        title = thing.get_admin_display_title()
        messages.success(request, _("“%(title)s” is approved and published.") % {"title": title})
    after_publishing(request, thing)
