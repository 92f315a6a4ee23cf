"""The admin's page "Letters to decide": shows what waits and passes on what a person decided."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import BadRequest, ObjectDoesNotExist, PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.base import BaseListingView

from actions.letters.admin_lists import LETTERS, LISTS, columns_of, decisions_of, rows_of
from actions.letters.admin_several import decide_ticked, several_context
from actions.letters.deciding import Decision, decide_delivery, decide_letter
from actions.letters.deciding_several import Rows
from actions.outbox.deciding import MailDecision, Outcome, decide_mail
from actions.outbox.states import DispatchState
from actions.staff.columns import TickColumn

PERMISSION = "actions.resolve_letterdelivery"
URL_NAME = "letters_to_decide"
TICKED = {LETTERS: Rows.LETTERS, DispatchState.UNCERTAIN: Rows.DELIVERIES, DispatchState.HELD: Rows.DELIVERIES}


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
        columns = columns_of(self.kind)
        return [TickColumn(decisions_of), *columns] if self.kind in TICKED else columns

    def get_base_queryset(self) -> QuerySet[Any]:
        return rows_of(self.kind)

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(*args, **kwargs)
        context["explanation"] = LISTS[self.kind][1]
        context["kind"] = self.kind
        if self.kind in TICKED:
            context["several"] = several_context(self.request, TICKED[self.kind], context["object_list"])
        context["lists"] = [(kind, heading, self.counts[kind]) for kind, (heading, _text) in LISTS.items()]
        return context

    def post(self, request: HttpRequest) -> HttpResponse:
        if "shown" in request.POST:
            decide_ticked(request)
            return HttpResponseRedirect(request.get_full_path())
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
        letter, delivery, mail = (request.POST.get(name, "") for name in ("letter", "delivery", "mail"))
        try:
            if mail:
                wanted = MailDecision(request.POST.get("decision", ""))
                outcome = decide_mail(mail_id=int(mail), decision=wanted, user=request.user)
                return _("Mail %(number)s") % {"number": int(mail)}, outcome
            decision = Decision(request.POST.get("decision", ""))
            if letter:
                outcome = decide_letter(letter_id=int(letter), decision=decision, user=request.user)
                return _("Letter %(number)s") % {"number": int(letter)}, outcome
            outcome = decide_delivery(delivery_id=int(delivery), decision=decision, user=request.user)
            return _("Delivery %(number)s") % {"number": int(delivery)}, outcome
        except (ValueError, OverflowError, ObjectDoesNotExist) as error:
            raise BadRequest from error


class LettersToDecideItem(MenuItem):
    def __init__(self) -> None:
        super().__init__(
            LettersToDecideView.page_title, reverse(URL_NAME), name="letters-to-decide", icon_name="tasks", order=90
        )

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(PERMISSION)


URLS: list[URLPattern] = [path("letters/decide/", LettersToDecideView.as_view(), name=URL_NAME)]
