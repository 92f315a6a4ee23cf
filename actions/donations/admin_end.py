"""Ending a monthly gift in the admin: asked twice."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from actions.donations.admin_donations import counted_gifts
from actions.donations.admin_page import MAY_END, MAY_SEE, ONE_URL, FinancePage, to_list, to_one
from actions.donations.ending import CannotEnd, EndOrder, can_be_ended, end
from actions.donations.gateway import StripeTrouble
from actions.donations.models import Donation
from actions.donations.staff_forms import EndForm
from actions.donations.staff_words import state_of


class EndView(FinancePage):
    """GET and the first POST act on nothing; the second POST (``step=end``) does."""

    permission = MAY_SEE
    page_title = gettext_lazy("End the monthly gift")
    header_icon = "cross"
    template_name = "actions/admin/end_gift.html"

    @cached_property
    def donation(self) -> Donation:
        return get_object_or_404(counted_gifts(), pk=self.kwargs["pk"])

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm(MAY_END):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def trail(self) -> list[tuple[str, Any]]:
        return [to_list(), to_one(self.donation.pk)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = {"form": EndForm(), **super().get_context_data(**kwargs), "donation": self.donation}
        return {**context, "can_be_ended": can_be_ended(self.donation), "state": state_of(self.donation)}

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        form = EndForm(request.POST)
        if not form.is_valid():
            return self.show(form, status=422)
        if request.POST.get("step") == "end":
            return self.act(form)
        if not can_be_ended(self.donation):
            return self.show(form, status=409)
        again = EndForm(initial=form.cleaned_data)
        again.fields["reason"].widget = forms.HiddenInput()
        return self.show(again, is_second=True)

    def show(self, form: EndForm, *, status: int = 200, **context: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form, **context), status=status)

    def act(self, form: EndForm) -> HttpResponse:
        order = EndOrder(self.donation.pk, form.cleaned_data["reason"], form.cleaned_data["attempt"])
        try:
            is_booked = end(order, user=self.user)
        except CannotEnd:
            return self.show(form, status=409, trouble="refused")
        except StripeTrouble:
            form.fields["reason"].widget = forms.HiddenInput()
            return self.show(form, status=503, is_second=True, trouble="unknown")
        words = _("The monthly gift has ended.") if is_booked else _("It has ended. It shows here within the hour.")
        messages.success(self.request, words)
        return HttpResponseRedirect(reverse(ONE_URL, args=[self.donation.pk]))


URLS: list[URLPattern] = [path("donations/<int:pk>/end/", EndView.as_view(), name="donations_end")]
