"""Entering gifts that came by e-transfer, cheque or cash, and putting a wrong number right by a counter-entry."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from wagtail.admin import messages

from actions.donations import offline
from actions.donations.admin_page import MAY_ENTER, ONE_URL, FinancePage, to_list, to_one
from actions.donations.models import Payment
from actions.donations.staff_forms import CorrectForm, OfflineForm
from actions.donations.states import Source
from actions.staff.listing import PermittedItem

ENTER_URL = "donations_enter"


@method_decorator(sensitive_post_parameters(), name="dispatch")
class EnterView(FinancePage):
    permission = MAY_ENTER
    page_title = gettext_lazy("Enter a gift")
    header_icon = "plus"
    template_name = "actions/admin/enter_gift.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = kwargs.pop("form", None) or OfflineForm()
        return {**super().get_context_data(**kwargs), "form": form}

    def post(self, request: HttpRequest) -> HttpResponse:
        form = OfflineForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        cleaned = form.cleaned_data
        donation = offline.enter(
            appeal=cleaned["appeal"],
            amount_cents=cleaned["amount"],
            source=Source(cleaned["source"]),
            received_at=cleaned["received_on"],
            language=cleaned["language"],
            entered_by=self.user,
            name=cleaned["name"],
            email=cleaned["email"],
            note=cleaned["note"],
            is_anonymous=cleaned["is_anonymous"],
            attempt=cleaned["attempt"],
        )
        messages.success(request, _("Donation %(number)s was entered.") % {"number": donation.pk})
        return HttpResponseRedirect(reverse(ONE_URL, args=[donation.pk]))


class CorrectView(FinancePage):
    permission = MAY_ENTER
    page_title = gettext_lazy("Put the amount right")
    header_icon = "edit"
    template_name = "actions/admin/correct_gift.html"

    @cached_property
    def payment(self) -> Payment:
        rows = Payment.objects.exclude(source=Source.STRIPE).select_related("donation")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def trail(self) -> list[tuple[str, Any]]:
        return [to_list(), to_one(self.payment.donation_id)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = kwargs.pop("form", None) or CorrectForm(self.payment)
        return {**super().get_context_data(**kwargs), "form": form, "payment": self.payment}

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        form = CorrectForm(self.payment, request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        cleaned = form.cleaned_data
        try:
            donation = offline.correct(
                payment_id=pk, amount_cents=cleaned["amount"], user=self.user, attempt=cleaned["attempt"]
            )
        except ValueError:
            return self.render_to_response(self.get_context_data(form=form), status=409)
        messages.success(
            request, _("Both entries stay; the right one is donation %(number)s.") % {"number": donation.pk}
        )
        return HttpResponseRedirect(reverse(ONE_URL, args=[donation.pk]))


def menu_item() -> PermittedItem:
    return PermittedItem(EnterView.page_title, ENTER_URL, permission=MAY_ENTER, icon_name="plus", order=40)


URLS: list[URLPattern] = [
    path("donations/enter/", EnterView.as_view(), name=ENTER_URL),
    path("donations/payments/<int:pk>/correct/", CorrectView.as_view(), name="donations_correct"),
]
