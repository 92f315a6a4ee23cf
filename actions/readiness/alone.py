"""Whether one person may publish what nobody else has worked on; the site's settings say so, and it is logged.

Somebody else has taken part when they saved or submitted it since it was published last. It holds for pages and for
texts alike, wherever they are published: in an editor, in the list, by approving, or in the translations' editor.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.log_actions import LogFormatter, log
from wagtail.models import DraftStateMixin, WorkflowState

from home.site_settings import SiteSettings

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

ENTRY = "publishing.alone"


class AloneEntry(LogFormatter):
    label = gettext_lazy("Publish alone")
    message = gettext_lazy("Published without anybody else having looked at it, as the site's settings allow")


def register_log_entry(actions: Any) -> None:
    actions.register_action(ENTRY)(AloneEntry)


def is_alone(thing: Any, user: AbstractBaseUser | AnonymousUser) -> bool:
    """Return whether nobody but the user has saved or submitted the thing since it was published last."""
    revisions = thing.revisions.exclude(user=user).exclude(user=None)
    if thing.live_revision_id:
        revisions = revisions.filter(pk__gt=thing.live_revision_id)
    submitted = WorkflowState.objects.active().for_instance(thing).exclude(requested_by=user)
    return not revisions.exists() and not submitted.exclude(requested_by=None).exists()


def refusal_for(thing: Any, request: HttpRequest) -> str:
    """Return what to tell a user who may not publish the thing alone; blank when they may."""
    if not isinstance(thing, DraftStateMixin) or SiteSettings.current(request).allows_publishing_alone:
        return ""
    if not is_alone(thing, request.user):
        return ""
    return refusal()


def refusal() -> str:
    return _(
        "Nobody else has looked at this yet. Ask a colleague to open and publish it, or submit it to the moderators."
    )


def before_publishing(request: HttpRequest, thing: Any) -> HttpResponseRedirect | None:
    """Wagtail's hook before a page or text goes out; its draft is saved already, so nothing typed is lost."""
    if text := refusal_for(thing, request):
        messages.error(request, text)
        return HttpResponseRedirect(_edit_url(thing))
    if is_alone(thing, request.user):
        log(instance=thing, action=ENTRY, user=request.user)
    return None


def before_editing(request: HttpRequest, thing: Any) -> HttpResponseRedirect | None:
    """Two ways out that do not come past the hook above: wagtail-localize's own editor, and approving in ours."""
    if request.method != "POST" or not isinstance(thing, DraftStateMixin):
        return None
    if request.POST.get("action") == "publish":
        return before_publishing(request, thing)
    is_approved = "action-workflow-action" in request.POST and request.POST.get("workflow-action-name") == "approve"
    if is_approved and (text := refusal_for(thing, request)):
        messages.error(request, text)
        return HttpResponseRedirect(_edit_url(thing))
    return None


def before_making_a_page(request: HttpRequest, *about: Any) -> None:
    """Turn publishing a new page, or copies of one, into making drafts: nobody else has worked on them yet.

    Wagtail makes such a page public before it calls the hook for publishing.
    """
    asked = {"action-publish", "publish_copies"} & set(request.POST)
    if asked and not SiteSettings.current(request).allows_publishing_alone:
        changed = request.POST.copy()
        for name in asked:
            del changed[name]
        request.POST = changed  # type: ignore[assignment]
        messages.error(request, refusal())


def before_bulk(request: HttpRequest, action_type: str, things: list[Any], action: Any) -> HttpResponseRedirect | None:
    """Publishing several pages from the list, with the drafts below them where that is ticked."""
    if action_type != "publish" or request.method != "POST":
        return None
    form = getattr(action, "cleaned_form", None)
    below = form is not None and form.cleaned_data.get("include_descendants")
    drafts = [page for thing in things for page in thing.get_descendants().not_live().specific()] if below else []
    for thing in (*things, *drafts):
        if (answer := before_publishing(request, thing)) is not None:
            return answer
    return None


def when_approved(sender: type, instance: Any, user: Any, **kwargs: Any) -> None:
    """An approval from wherever it comes; raising takes it back, since the approval is one transaction.

    The thing is published by now, so only its submission and the approved revision tell who took part.
    """
    state = instance.workflow_state
    thing = state.content_object
    if user is None or thing is None or {state.requested_by, instance.revision.user} - {user, None}:
        return
    if not SiteSettings.current().allows_publishing_alone:
        raise PermissionDenied
    log(instance=thing, action=ENTRY, user=user)


def _edit_url(thing: Any) -> str:
    return str(AdminURLFinder().get_edit_url(thing) or reverse("wagtailadmin_home"))
