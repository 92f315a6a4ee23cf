"""The admin's page "Deliveries": every letter to every recipient, by number; who wrote it and what is not here."""

from __future__ import annotations

import re
from typing import Any

from django.conf import settings
from django.core.exceptions import BadRequest
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path
from django.utils.functional import cached_property
from django.utils.timesince import timesince
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.ui.tables import StatusTagColumn

from actions.letters.admin_lists import decision_column, decisions_of, message_number, reason_of
from actions.letters.admin_several import decide_ticked, several_context
from actions.letters.admin_views import PERMISSION
from actions.letters.deciding import Decision, decide_delivery
from actions.letters.deciding_several import Rows
from actions.letters.delivery_filters import DeliveryFilter, course_of
from actions.letters.models import LetterDelivery
from actions.outbox.states import DispatchState
from actions.representatives.models import Recipient, Representative
from actions.staff.columns import LabelledColumn, LabelledNumberColumn, LeadingColumn, TickColumn
from actions.staff.listing import LeafedView, PermittedItem
from actions.staff.paging import MOST_COUNTED, Course

URL_NAME = "letters_deliveries"
MESSAGE_NUMBER = re.compile(r"<?[0-9A-Fa-f]{32}(@[\w.-]{1,80})?>?")
GONE_WELL = (DispatchState.SENT, DispatchState.DELIVERED)


def why(row: LetterDelivery) -> str:
    """The reason; of an uncertain one the number to look up in the mail provider's log."""
    if row.state == DispatchState.UNCERTAIN:
        return _("message number %(number)s") % {"number": message_number(row)}
    return reason_of(row)


def reply_of(row: LetterDelivery) -> str:
    return " ".join(filter(None, (str(row.last_code) if row.last_code else "", row.last_status)))


def riding_of(row: LetterDelivery) -> str:
    return row.riding.localized_name(get_language() or "en") if row.riding else ""


class DeliveriesView(LeafedView):
    permission = PERMISSION
    page_title = gettext_lazy("Deliveries")
    header_icon = "mail"
    index_url_name = URL_NAME
    index_results_url_name = f"{URL_NAME}_results"
    template_name = "actions/admin/deliveries.html"
    results_template_name = "actions/admin/deliveries_results.html"
    filterset_class = DeliveryFilter
    is_searchable = True
    verbose_name_plural = gettext_lazy("deliveries")
    columns = [
        TickColumn(decisions_of),
        LabelledColumn("pk", label=pgettext_lazy("of a delivery", "Number")),
        LeadingColumn("recipient_name", label=pgettext_lazy("letter", "To")),
        LabelledColumn("riding", label=gettext_lazy("Riding"), accessor=riding_of),
        LabelledColumn("letter_campaign", label=gettext_lazy("Letter campaign")),
        StatusTagColumn(
            "state",
            label=gettext_lazy("State"),
            accessor="get_state_display",
            primary=lambda row: row.state in GONE_WELL,
        ),
        LabelledColumn("reason", label=gettext_lazy("Reason"), accessor=why, classname="staff-reason"),
        LabelledColumn("reply", label=gettext_lazy("Reply code"), accessor=reply_of),
        LabelledColumn("age", label=gettext_lazy("Age"), accessor=lambda row: timesince(row.created_at, depth=1)),
        LabelledNumberColumn("attempts", label=gettext_lazy("Attempts")),
        decision_column(LetterDelivery),
    ]

    def get_base_queryset(self) -> QuerySet[LetterDelivery]:
        return LetterDelivery.objects.select_related("letter_campaign", "riding")

    def search_queryset(self, queryset: QuerySet[LetterDelivery]) -> QuerySet[LetterDelivery]:
        """By number, by message number, or by the recipient's name."""
        words = self.search_query.strip()
        if not words:
            return queryset
        if words.isascii() and words.isdecimal() and len(words) < 19:
            return queryset.filter(pk=int(words))
        if MESSAGE_NUMBER.fullmatch(words):
            number, _at, domain = words.strip("<>").partition("@")
            return queryset.filter(message_id=f"<{number.lower()}@{domain or settings.SENDER_DOMAIN}>")
        members = Representative.objects.filter(Q(first_name__icontains=words) | Q(last_name__icontains=words))
        named = Q(representative__in=list(members.values_list("pk", flat=True)[:MOST_COUNTED]))
        others = Recipient.objects.filter(name__icontains=words)
        named |= Q(recipient__in=list(others.values_list("pk", flat=True)[:MOST_COUNTED]))
        return queryset.filter(named)

    @cached_property
    def course(self) -> Course:  # type: ignore[override]
        return course_of(self.filters.form.cleaned_data if self.filters and self.filters.is_valid() else {})

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(*args, **kwargs)
        context["several"] = several_context(self.request, Rows.DELIVERIES, self.leaf.rows)
        return context

    def post(self, request: HttpRequest) -> HttpResponse:
        if "shown" in request.POST:
            decide_ticked(request)
        else:
            self.decide_one(request)
        return HttpResponseRedirect(request.get_full_path())

    def decide_one(self, request: HttpRequest) -> None:
        """Raises BadRequest for a row or a decision that there is not."""
        try:
            number, decision = int(request.POST.get("delivery", "")), Decision(request.POST.get("decision", ""))
            outcome = decide_delivery(delivery_id=number, decision=decision, user=request.user)
        except (ValueError, OverflowError, LetterDelivery.DoesNotExist) as error:
            raise BadRequest from error
        values = {"number": number, "state": outcome.state.label}
        if outcome.is_changed:
            messages.success(request, _("Delivery %(number)s: %(state)s.") % values)
        else:
            words = _("Delivery %(number)s: nothing was changed, the state is “%(state)s”.") % values
            messages.warning(request, words)


def menu_item() -> PermittedItem:
    return PermittedItem(DeliveriesView.page_title, URL_NAME, permission=PERMISSION, icon_name="mail", order=91)


URLS: list[URLPattern] = [
    path("letters/deliveries/", DeliveriesView.as_view(), name=URL_NAME),
    path("letters/deliveries/results/", DeliveriesView.as_view(results_only=True), name=f"{URL_NAME}_results"),
]
