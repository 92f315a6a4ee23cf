"""The admin's page "Letters to decide": numbers, states and reasons, never who wrote or what."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import BadRequest, PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.middleware.csrf import get_token
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.base import BaseListingView

from actions.letters.deciding import (
    DELIVERY_DECISIONS,
    LETTER_DECISIONS,
    Decision,
    Outcome,
    decide_delivery,
    decide_letter,
    held_letters,
    troubled_deliveries,
)
from actions.letters.letter_models import PERSONAL_COLUMNS
from actions.letters.models import Letter, LetterDelivery
from actions.letters.states import HeldReason
from actions.outbox.states import DispatchState

PERMISSION = "actions.resolve_letterdelivery"
URL_NAME = "letters_to_decide"
LETTERS = "letters"

# What may be listed, in the order in which it asks for a person: heading, and what to know before deciding.
LISTS: dict[str, tuple[Any, Any]] = {
    LETTERS: (
        gettext_lazy("Held letters"),
        gettext_lazy(
            "Something spoke against these letters when they were written, or the MP has changed since. Letting one go "
            "sends it on if its writer has confirmed it; refusing one deletes its text."
        ),
    ),
    DispatchState.UNCERTAIN: (
        gettext_lazy("Uncertain deliveries"),
        gettext_lazy(
            "The connection broke after the letter was offered to the mail server, so nobody knows whether it was "
            "taken. Look for the message number in the mail provider's log before you send a letter again."
        ),
    ),
    DispatchState.HELD: (
        gettext_lazy("Held deliveries"),
        gettext_lazy(
            "These were stopped before they left. Their writers know already where the MP has changed or where it is "
            "too late. Sending one checks everything again."
        ),
    ),
    DispatchState.FAILED: (
        gettext_lazy("Failed deliveries"),
        gettext_lazy("Nothing is to be decided here: these did not arrive, and their writers were told."),
    ),
}


def rows_of(kind: str) -> QuerySet[Any]:
    if kind == LETTERS:
        return held_letters().select_related("letter_campaign").defer(*PERSONAL_COLUMNS)
    rows = troubled_deliveries(kind).select_related("letter__letter_campaign")
    return rows.defer(*(f"letter__{name}" for name in PERSONAL_COLUMNS))


def reason_of(row: Letter | LetterDelivery) -> str:
    known = row.held_reason in HeldReason.values
    return str(HeldReason(row.held_reason).label) if known else row.held_reason


def code_of(row: LetterDelivery) -> str:
    return str(row.last_code) if row.last_code else ""


class DecisionColumn(Column):
    """One form with a button for each decision that a row allows."""

    cell_template_name = "actions/admin/decision_cell.html"

    def get_value(self, instance: Letter | LetterDelivery) -> tuple[Decision, ...]:
        if isinstance(instance, Letter):
            return LETTER_DECISIONS
        return DELIVERY_DECISIONS.get(DispatchState(instance.state), ())

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        context = super().get_cell_context_data(instance, parent_context)
        context["csrf_token"] = get_token(parent_context["request"])
        return context


def columns_of(kind: str) -> list[Column]:
    age = Column("age", label=gettext_lazy("Age"), accessor=lambda row: timesince(row.created_at, depth=1))
    reason = Column("reason", label=gettext_lazy("Reason"), accessor=reason_of)
    if kind == LETTERS:
        return [
            Column("pk", label=gettext_lazy("Letter")),
            Column("letter_campaign", label=gettext_lazy("Letter campaign")),
            reason,
            age,
            DecisionColumn("decision", label=gettext_lazy("Decision")),
        ]
    columns = [
        Column("recipient_name", label=gettext_lazy("To")),
        Column("letter.letter_campaign", label=gettext_lazy("Letter campaign")),
        Column("state", label=gettext_lazy("State"), accessor="get_state_display"),
        Column("code", label=gettext_lazy("Reply code"), accessor=code_of),
        reason,
        age,
    ]
    if kind == DispatchState.UNCERTAIN:
        columns.append(Column("message_id", label=gettext_lazy("Message number")))
    if DELIVERY_DECISIONS[DispatchState(kind)]:
        columns.append(DecisionColumn("decision", label=gettext_lazy("Decision")))
    return columns


class LettersToDecideView(BaseListingView):
    page_title = gettext_lazy("Letters to decide")
    header_icon = "tasks"
    index_url_name = URL_NAME
    template_name = "actions/admin/letters_to_decide.html"
    results_template_name = "actions/admin/letters_to_decide_results.html"
    paginate_by = 25

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm(PERMISSION):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def counts(self) -> dict[str, int]:
        return {kind: rows_of(kind).count() for kind in LISTS}

    @cached_property
    def kind(self) -> str:
        """The list that was asked for, else the first that is not empty."""
        wanted = self.request.GET.get("show")
        return wanted if wanted in LISTS else next((kind for kind in LISTS if self.counts[kind]), LETTERS)

    @cached_property
    def columns(self) -> list[Column]:
        return columns_of(self.kind)

    def get_base_queryset(self) -> QuerySet[Any]:
        return rows_of(self.kind)

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(*args, **kwargs)
        context["explanation"] = LISTS[self.kind][1]
        context["kind"] = self.kind
        context["lists"] = [(kind, heading, self.counts[kind]) for kind, (heading, _text) in LISTS.items()]
        return context

    def post(self, request: HttpRequest) -> HttpResponse:
        what, outcome = self.decide(request)
        state = outcome.state.label
        if outcome.is_changed:
            messages.success(request, _("%(what)s: %(state)s.") % {"what": what, "state": state})
        else:
            words = _("%(what)s: nothing was changed, the state is “%(state)s”.") % {"what": what, "state": state}
            messages.warning(request, words)
        return HttpResponseRedirect(request.get_full_path())

    def decide(self, request: HttpRequest) -> tuple[str, Outcome]:
        """Carry out what was posted. Raises BadRequest for a row or a decision that there is not."""
        letter, delivery = request.POST.get("letter", ""), request.POST.get("delivery", "")
        try:
            decision = Decision(request.POST.get("decision", ""))
            if letter:
                outcome = decide_letter(letter_id=int(letter), decision=decision, user=request.user)
                return _("Letter %(number)s") % {"number": int(letter)}, outcome
            outcome = decide_delivery(delivery_id=int(delivery), decision=decision, user=request.user)
            return _("Delivery %(number)s") % {"number": int(delivery)}, outcome
        except (ValueError, OverflowError, Letter.DoesNotExist, LetterDelivery.DoesNotExist) as error:
            raise BadRequest from error


class LettersToDecideItem(MenuItem):
    def __init__(self) -> None:
        super().__init__(
            LettersToDecideView.page_title, reverse(URL_NAME), name="letters-to-decide", icon_name="tasks", order=90
        )

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(PERMISSION)


URLS: list[URLPattern] = [path("letters/decide/", LettersToDecideView.as_view(), name=URL_NAME)]
