"""The admin's list of signatures and its queue of those that a person must decide on; nobody's name or address.

There is no search box: an address typed into one would stand in the page's own address, and so in logs. Looking for a
person is a form of its own (admin_find.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import BadRequest, PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.ui.tables import BaseColumn

from actions.petitions.deciding import (
    MAY_DECIDE,
    Decision,
    decide_signature,
    decisions_about,
    undecided_signatures,
)
from actions.petitions.models import Signature
from actions.petitions.signature_columns import about_columns, all_columns, held_columns, number_column, petition_column
from actions.petitions.signature_filters import SignatureFilter, course_of
from actions.petitions.signature_models import PERSONAL_COLUMNS
from actions.staff.columns import DecisionColumn, TickColumn
from actions.staff.listing import LeafedView, PermittedItem
from actions.staff.paging import Course
from actions.staff.several import Summary, decide_each
from actions.staff.ticking import decide_ticked, several_context

MAY_SEE = "actions.view_signature"
LIST_URL = "petitions_signatures"
UNDECIDED_URL = "petitions_undecided"
ROWS = "signatures"
OFFERED = {ROWS: tuple(Decision)}


class DecidingView(LeafedView):
    """A list of signatures; whoever may decide gets a button in each row and boxes to tick."""

    template_name = "actions/admin/signatures.html"
    results_template_name = "actions/admin/signatures_results.html"
    verbose_name_plural = gettext_lazy("signatures")

    @cached_property
    def may_decide(self) -> bool:
        return bool(self.request.user.has_perm(MAY_DECIDE))

    def about(self) -> Sequence[BaseColumn]:
        """The columns between the box and the buttons."""
        raise NotImplementedError

    @cached_property
    def columns(self) -> Sequence[BaseColumn]:
        if not self.may_decide:
            return self.about()
        return [TickColumn(decisions_about), *self.about(), DecisionColumn(decisions_about, field="signature")]

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(*args, **kwargs)
        if self.may_decide:
            context["several"] = several_context(
                self.request,
                rows=ROWS,
                page=self.leaf.rows,
                offered=OFFERED[ROWS],
                decisions_about=decisions_about,
            )
        return context

    def post(self, request: HttpRequest) -> HttpResponse:
        if not self.may_decide:
            raise PermissionDenied
        if "shown" in request.POST:
            decide_ticked(request, offered=OFFERED, decide=self.decide_several)
        else:
            self.decide_one(request)
        return HttpResponseRedirect(request.get_full_path())

    def decide_several(self, rows: str, pks: set[int], decision: Decision) -> Summary:
        def decide(pk: int) -> bool:
            return decide_signature(signature_id=pk, decision=decision, user=self.request.user).is_changed

        return decide_each(rows=rows, pks=pks, decide=decide)

    def decide_one(self, request: HttpRequest) -> None:
        """Raises BadRequest for a row or a decision that there is not."""
        try:
            number, decision = int(request.POST.get("signature", "")), Decision(request.POST.get("decision", ""))
            outcome = decide_signature(signature_id=number, decision=decision, user=request.user)
        except (ValueError, OverflowError, Signature.DoesNotExist) as error:
            raise BadRequest from error
        values = {"number": number, "state": outcome.state.label}
        if outcome.is_changed:
            messages.success(request, _("Signature %(number)s: %(state)s.") % values)
        else:
            words = _("Signature %(number)s: nothing was changed, the state is “%(state)s”.") % values
            messages.warning(request, words)


class SignaturesView(DecidingView):
    permission = MAY_SEE
    page_title = gettext_lazy("Signatures")
    header_icon = "list-ul"
    index_url_name = LIST_URL
    index_results_url_name = f"{LIST_URL}_results"
    filterset_class = SignatureFilter

    def about(self) -> Sequence[BaseColumn]:
        return all_columns()

    @cached_property
    def course(self) -> Course:  # type: ignore[override]
        return course_of(self.filters.form.cleaned_data if self.filters and self.filters.is_valid() else {})

    def get_base_queryset(self) -> QuerySet[Signature]:
        return Signature.objects.select_related("petition", "riding").defer(*PERSONAL_COLUMNS)


class UndecidedView(DecidingView):
    permission = MAY_DECIDE
    page_title = gettext_lazy("Signatures to decide")
    header_icon = "tasks"
    index_url_name = UNDECIDED_URL
    course = Course(("confirmed_at", "pk"), is_oldest_first=True)

    def about(self) -> Sequence[BaseColumn]:
        return [number_column(), petition_column(), *held_columns(), *about_columns()]

    def get_base_queryset(self) -> QuerySet[Signature]:
        return undecided_signatures().select_related("petition", "riding")

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(*args, **kwargs), "is_queue": True}


def list_item() -> PermittedItem:
    return PermittedItem(SignaturesView.page_title, LIST_URL, permission=MAY_SEE, icon_name="list-ul", order=100)


def undecided_item() -> PermittedItem:
    return PermittedItem(UndecidedView.page_title, UNDECIDED_URL, permission=MAY_DECIDE, icon_name="tasks", order=101)


URLS: list[URLPattern] = [
    path("signatures/", SignaturesView.as_view(), name=LIST_URL),
    path("signatures/results/", SignaturesView.as_view(results_only=True), name=f"{LIST_URL}_results"),
    path("signatures/decide/", UndecidedView.as_view(), name=UNDECIDED_URL),
]
