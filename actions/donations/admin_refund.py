"""Giving a payment back in the admin: asked twice, the second time with the amount typed anew."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from actions.donations import offline
from actions.donations.admin_page import MAY_ENTER, MAY_REFUND, MAY_SEE, ONE_URL, FinancePage, to_list, to_one
from actions.donations.amounts import format_amount
from actions.donations.gateway import Refused, StripeTrouble
from actions.donations.models import Payment
from actions.donations.month_sums import payments
from actions.donations.refunding import CannotRefund, FormIsOld, RefundOrder, put_on_record, refund_by_card
from actions.donations.staff_forms import ConfirmRefundForm, RefundForm
from actions.donations.states import PaymentState, Source


class RefundView(FinancePage):
    """GET and the first POST act on nothing; the second POST (``step=refund``) does."""

    permission = MAY_SEE
    page_title = gettext_lazy("Give back")
    header_icon = "arrow-left"
    template_name = "actions/admin/refund.html"

    @cached_property
    def payment(self) -> Payment:
        rows = payments().select_related("donation__appeal")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    @property
    def by_card(self) -> bool:
        return self.payment.source == Source.STRIPE

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.has_perm(MAY_SEE):
            self.kwargs = kwargs
            if not request.user.has_perm(MAY_REFUND if self.by_card else MAY_ENTER):
                raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def trail(self) -> list[tuple[str, Any]]:
        return [to_list(), to_one(self.payment.donation_id)]

    @property
    def can_give_back(self) -> bool:
        return self.payment.state == PaymentState.PAID and self.payment.kept_cents > 0

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = RefundForm(self.payment) if "form" not in kwargs else kwargs["form"]
        context = {**super().get_context_data(**kwargs), "form": form, "payment": self.payment}
        return {**context, "by_card": self.by_card, "can_give_back": self.can_give_back}

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        if request.POST.get("step") != "refund":
            form = RefundForm(self.payment, request.POST)
            if not self.can_give_back or not form.is_valid():
                return self.show(form, status=422)
            return self.show(self.asked_again(form), is_second=True)
        confirmed = ConfirmRefundForm(self.payment, request.POST)
        if not confirmed.is_valid():
            return self.show(confirmed, status=422, is_second="typed" in confirmed.errors)
        return self.act(confirmed)

    def asked_again(self, form: RefundForm) -> ConfirmRefundForm:
        cleaned = form.cleaned_data
        kept = {name: cleaned[name] for name in ("amount", "reason", "attempt")}
        return ConfirmRefundForm(self.payment, initial=kept)

    def show(self, form: RefundForm, *, status: int = 200, **context: Any) -> HttpResponse:
        cents = form.initial.get("amount") if not form.is_bound else form.cleaned_data.get("amount")
        shown = self.get_context_data(form=form, sum=format_amount(cents or 0), **context)
        return self.render_to_response(shown, status=status)

    def act(self, form: ConfirmRefundForm) -> HttpResponse:
        cleaned, user = form.cleaned_data, self.user
        order = RefundOrder(self.payment.pk, cleaned["amount"], cleaned["reason"], cleaned["attempt"])
        words = {"amount": format_amount(order.cents)}
        try:
            if self.by_card:
                is_booked = refund_by_card(order, user=user)
            else:
                put_on_record(order, self.payment, user=user)
                offline.give_back(payment_id=order.payment_id, cents=order.cents, user=user, attempt=order.attempt)
                is_booked = True
        except FormIsOld:
            return self.show(form, status=409, is_second=True, trouble="old")
        except (CannotRefund, Refused, ValueError):
            return self.show(form, status=409, is_second=True, trouble="refused")
        except StripeTrouble:
            return self.show(form, status=503, is_second=True, trouble="unknown")
        if is_booked:
            messages.success(self.request, _("%(amount)s was given back.") % words)
        else:
            messages.success(self.request, _("%(amount)s was given back. It shows here within the hour.") % words)
        return HttpResponseRedirect(reverse(ONE_URL, args=[self.payment.donation_id]))


URLS: list[URLPattern] = [
    path("donations/payments/<int:pk>/give-back/", RefundView.as_view(), name="donations_refund"),
]
