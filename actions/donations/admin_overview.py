"""The finance role's first page: what waits for a person, whether the books agree with Stripe, and the totals."""

from __future__ import annotations

from typing import Any

from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actions.charts import Series, bars, round_up
from actions.donations.admin_page import MAY_SEE, FinancePage
from actions.donations.amounts import format_amount
from actions.donations.attention import checks, flow, open_disputes
from actions.donations.month_sums import Month, months_until, sums_by_appeal, sums_by_month, years
from actions.listing import listed
from actions.staff.listing import PermittedItem

URL_NAME = "donations_overview"


class OverviewView(FinancePage):
    page_title = gettext_lazy("Overview")
    header_icon = "view"
    template_name = "actions/admin/donations_overview.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        now, today = timezone.now(), timezone.localdate()
        months = sums_by_month(months_until(today))
        offered = years(today)
        asked = self.request.GET.get("year", "")
        year = next((one for one in offered if str(one) == asked), offered[0])
        return {
            **super().get_context_data(**kwargs),
            "now": now,
            "disputes": open_disputes(),
            "checks": checks(now),
            "flow": flow(),
            "months": months[::-1],
            **chart_of(months),
            "years": offered,
            "year": year,
            "appeals": sums_by_appeal(year),
        }


def chart_of(months: list[Month]) -> dict[str, Any]:
    """The drawing of the months, in whole dollars, and the texts around it."""
    series = [
        Series("once", _("single gifts by card"), [one.once_cents // 100 for one in months]),
        Series("monthly", _("monthly gifts"), [one.monthly_cents // 100 for one in months]),
        Series("offline", _("came another way"), [one.offline_cents // 100 for one in months]),
    ]
    labels = [date_format(one.on, "YEAR_MONTH_FORMAT") for one in months]
    sums = (sum(one.once_cents for one in months), sum(one.monthly_cents for one in months))
    told = [*sums, sum(one.offline_cents for one in months)]
    summary = _("Gifts by month from %(first)s to %(last)s: %(numbers)s. The table below has every month.") % {
        "first": labels[0],
        "last": labels[-1],
        "numbers": listed(f"{one.label} {format_amount(cents)}" for one, cents in zip(series, told, strict=True)),
    }
    top = round_up(max(value for one in series for value in one.values))
    return {
        "series": series,
        "chart": bars(series, labels, summary=summary),
        "scale": [top * 100, top * 50, 0],
        "edges": [labels[0], labels[len(labels) // 2], labels[-1]],
        "is_empty": not any(value for one in series for value in one.values),
    }


def menu_item() -> PermittedItem:
    return PermittedItem(OverviewView.page_title, URL_NAME, permission=MAY_SEE, icon_name="view", order=10)


URLS: list[URLPattern] = [path("donations/", OverviewView.as_view(), name=URL_NAME)]
