"""The admin's page of one donation; its donor is shown to who says why, on record."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from actions.donations.admin_donations import counted_gifts
from actions.donations.admin_page import MAY_END, MAY_ENTER, MAY_REFUND, ONE_URL, FinancePage, to_list
from actions.donations.donation_record import DonationRecord
from actions.donations.ending import can_be_ended
from actions.donations.models import Donation
from actions.donations.staff_words import state_of
from actions.donations.states import PaymentState, Source
from actions.privacy.access import record_access
from actions.staff.person_form import ReasonField

VERB = "view-donor"


class DonorForm(forms.Form):
    reason = ReasonField()


@method_decorator(sensitive_post_parameters(), name="dispatch")
class DonationView(FinancePage):
    """GET shows sums and states; POST shows the donor as well, with the reason put into the access log."""

    template_name = "actions/admin/donation.html"

    def get_page_title(self) -> str:
        return _("Donation %(number)s") % {"number": self.kwargs["pk"]}

    def trail(self) -> list[tuple[str, Any]]:
        return [to_list()]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        donation = get_object_or_404(counted_gifts().select_related("entered_by"), pk=self.kwargs["pk"])
        record = DonationRecord(donation)
        by_card = donation.source == Source.STRIPE
        may = self.request.user.has_perm
        return {
            "form": DonorForm(),
            **super().get_context_data(**kwargs),
            "donation": donation,
            "record": record,
            "state": state_of(donation),
            "by_card": by_card,
            "may_refund": may(MAY_REFUND) if by_card else may(MAY_ENTER),
            "may_end": may(MAY_END) and can_be_ended(donation),
            "may_correct": may(MAY_ENTER) and not by_card,
            "disputed": PaymentState.DISPUTED,
        }

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        donor = get_object_or_404(Donation, pk=pk, pk__in=counted_gifts())
        form = DonorForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        reason = form.cleaned_data["reason"]
        record_access(user=request.user, verb=VERB, subject=f"donation {pk}", reason=reason, count=1)
        return self.render_to_response(self.get_context_data(donor=donor))


URLS: list[URLPattern] = [path("donations/<int:pk>/", DonationView.as_view(), name=ONE_URL)]
