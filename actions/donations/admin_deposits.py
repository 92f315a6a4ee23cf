"""The deposits of a month, and one deposit line by line: what a treasurer compares with the bank's statement."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from actions.donations.admin_page import MAY_SEE, FinancePage
from actions.donations.deposits import deposit_of, deposits_of, not_paid_out, payouts_in, total_of
from actions.donations.models import Payout
from actions.donations.modes import counts_live
from actions.donations.month_sums import sums_by_month
from actions.staff.listing import PermittedItem

MONTHS_URL = "donations_deposits"
ONE_URL = "donations_deposit"
MONTH = re.compile(r"(20[0-9]{2})-(0[1-9]|1[0-2])")


def month_of(text: str) -> date:
    """Return the first day of the month in "2026-05", or of this one for anything else."""
    found = MONTH.fullmatch(text)
    return date(int(found[1]), int(found[2]), 1) if found else timezone.localdate().replace(day=1)


def neighbour(month: date, step: int) -> date:
    number = month.year * 12 + month.month - 1 + step
    return date(number // 12, number % 12 + 1, 1)


class DepositsView(FinancePage):
    page_title = _("Deposits")
    header_icon = "table"
    template_name = "actions/admin/deposits.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        month = month_of(self.request.GET.get("month", ""))
        deposits = deposits_of(payouts_in(month.year, month.month))
        waiting_count, waiting_cents = not_paid_out(month.year, month.month)
        is_past = month < timezone.localdate().replace(day=1)
        (given,) = sums_by_month([month])
        return {
            **super().get_context_data(**kwargs),
            "month": month,
            "before": f"{neighbour(month, -1):%Y-%m}",
            "after": f"{neighbour(month, 1):%Y-%m}" if is_past else "",
            "deposits": deposits,
            "total": total_of(deposits),
            "given": given,
            "waiting_count": waiting_count,
            "waiting_cents": waiting_cents,
        }


class DepositView(FinancePage):
    header_icon = "table"
    template_name = "actions/admin/deposit.html"

    def get_page_title(self) -> str:
        return str(_("Deposit %(number)s") % {"number": self.kwargs["pk"]})

    def trail(self) -> list[tuple[str, Any]]:
        return [(reverse(MONTHS_URL), DepositsView.page_title)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        payout = get_object_or_404(Payout, pk=self.kwargs["pk"], livemode=counts_live())
        context = super().get_context_data(**kwargs)
        return {**context, "deposit": deposit_of(payout), "day": date_format(payout.arrives_on, "DATE_FORMAT")}


def menu_item() -> PermittedItem:
    return PermittedItem(DepositsView.page_title, MONTHS_URL, permission=MAY_SEE, icon_name="table", order=30)


URLS: list[URLPattern] = [
    path("donations/deposits/", DepositsView.as_view(), name=MONTHS_URL),
    path("donations/deposits/<int:pk>/", DepositView.as_view(), name=ONE_URL),
]
