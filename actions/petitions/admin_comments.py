"""The admin's page of comments: what waits to be read, what is shown, what was refused. The text, never its author."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import BadRequest
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import get_token
from django.urls import URLPattern, path
from django.utils.functional import cached_property
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail.admin import messages
from wagtail.admin.ui.tables import BaseColumn, Column

from actions.petitions.deciding import MAY_MODERATE, comments, decide_comment
from actions.petitions.models import Signature
from actions.petitions.signature_columns import language_of, petition_column
from actions.petitions.states import CommentRefusal, CommentState
from actions.staff.columns import LabelledColumn
from actions.staff.listing import LeafedView, PermittedItem
from actions.staff.paging import Course
from home.languages import html_language

URL_NAME = "petitions_comments"
LISTS: dict[str, Any] = {
    CommentState.HIDDEN: pgettext_lazy("comments", "To read"),
    CommentState.APPROVED: pgettext_lazy("comments", "Shown"),
    CommentState.REFUSED: pgettext_lazy("comments", "Refused"),
}
APPROVE, REFUSE = "approve", "refuse"


class CommentColumn(Column):
    cell_template_name = "actions/admin/comment_cell.html"

    def get_cell_context_data(self, instance: Signature, parent_context: Any) -> dict[str, Any]:
        context = super().get_cell_context_data(instance, parent_context)
        return {**context, "html_language": html_language(instance.language)}


class VerdictColumn(BaseColumn):
    """A button that shows the comment, and one that refuses it for the reason chosen beside it."""

    cell_template_name = "actions/admin/verdict_cell.html"

    def get_cell_context_data(self, instance: Signature, parent_context: Any) -> dict[str, Any]:
        context = super().get_cell_context_data(instance, parent_context)
        context["csrf_token"] = get_token(parent_context["request"])
        context["refusals"] = CommentRefusal.choices
        context["refused_for"] = instance.comment_refused_for
        context["may_approve"] = instance.comment_state != CommentState.APPROVED
        return context


class CommentsView(LeafedView):
    permission = MAY_MODERATE
    page_title = gettext_lazy("Comments")
    header_icon = "comment"
    index_url_name = URL_NAME
    template_name = "actions/admin/comments.html"
    results_template_name = "actions/admin/comments_results.html"
    verbose_name_plural = gettext_lazy("comments")
    columns: Sequence[BaseColumn] = [
        CommentColumn("comment", label=gettext_lazy("Comment"), classname="staff-leading"),
        petition_column(),
        LabelledColumn("language", label=gettext_lazy("Language"), accessor=language_of),
        LabelledColumn("age", label=gettext_lazy("Age"), accessor=lambda row: timesince(row.confirmed_at, depth=1)),
        VerdictColumn("verdict", label=gettext_lazy("Decision")),
    ]

    @cached_property
    def kind(self) -> CommentState:
        wanted = self.request.GET.get("show", "")
        return CommentState(wanted) if wanted in LISTS else CommentState.HIDDEN

    @cached_property
    def course(self) -> Course:  # type: ignore[override]
        """What waits is read in turn, the oldest first; of the others the newest are of interest."""
        return Course(("confirmed_at", "pk"), is_oldest_first=self.kind == CommentState.HIDDEN)

    def get_base_queryset(self) -> QuerySet[Signature]:
        return comments(self.kind).select_related("petition")

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(*args, **kwargs)
        return {**context, "lists": LISTS.items(), "kind": self.kind, "waiting": CommentState.HIDDEN}

    def post(self, request: HttpRequest) -> HttpResponse:
        """Raises BadRequest for a comment, a decision or a reason that there is not."""
        decision, refusal = request.POST.get("decision", ""), request.POST.get("reason", "")
        try:
            number = int(request.POST.get("signature", ""))
            if decision == REFUSE and not refusal:
                messages.error(request, _("Choose why the comment is refused. Nothing was changed."))
                return HttpResponseRedirect(request.get_full_path())
            if decision not in (APPROVE, REFUSE):
                raise BadRequest
            wanted = CommentRefusal(refusal).value if decision == REFUSE else ""
            outcome = decide_comment(signature_id=number, refusal=wanted, user=request.user)
        except (ValueError, OverflowError, Signature.DoesNotExist) as error:
            raise BadRequest from error
        if not outcome.is_changed:
            messages.warning(request, _("Nothing was changed: somebody was faster, or its author took it back."))
        elif wanted:
            messages.success(request, _("The comment is not shown. The signature still counts."))
        else:
            messages.success(request, _("The comment is shown on the petition’s page within two minutes."))
        return HttpResponseRedirect(request.get_full_path())


def menu_item() -> PermittedItem:
    return PermittedItem(CommentsView.page_title, URL_NAME, permission=MAY_MODERATE, icon_name="comment", order=102)


URLS: list[URLPattern] = [path("signatures/comments/", CommentsView.as_view(), name=URL_NAME)]
