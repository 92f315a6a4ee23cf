"""The front page's first panel: how the live campaigns go, and the one button that starts a new action."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail.admin.ui.components import Component

from actions.campaigns.models import Campaign
from actions.charts import Series, bars, round_up
from actions.desk.days import last_days
from actions.desk.live import Course, LiveCampaign, live_campaigns, sight_of
from actions.desk.may_start import START_URL, may_start
from actions.donations.amounts import format_amount

COLOURS = {"signatures": "once", "letters": "sent", "gifts": "monthly"}


@dataclass(frozen=True)
class Drawn:
    """A course as people read it; ``top`` is what the upper edge of the drawing stands for."""

    name: str
    label: str
    total: str
    top: str
    drawing: SafeString


class CampaignsPanel(Component):
    """Nothing for a user who may neither see a number nor start anything."""

    name = "campaigns_now"
    template_name = "actions/admin/campaigns_now.html"
    order = 16  # after what waits for a person, which is short

    class Media:
        css = {"all": ("css/staff.css", "css/charts.css", "css/desk.css")}

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        if not parent_context:
            return {}
        user = parent_context["request"].user
        start_url = reverse(START_URL) if may_start(user) else ""
        sight = sight_of(user)
        if not sight.any:
            return {"start_url": start_url, "is_shown": bool(start_url)}
        days = last_days(timezone.localdate())
        live, more = live_campaigns(user=user, now=timezone.now(), days=days)
        return {
            "is_shown": bool(live or start_url),
            "start_url": start_url,
            "campaigns": [(one, drawn_courses(one, days), table_of(one, days)) for one in live],
            "days": [date_format(days[0], "SHORT_DATE_FORMAT"), date_format(days[-1], "SHORT_DATE_FORMAT")],
            "more": more,
            "list_url": _list_url() if sight.campaigns else "",
        }


def _list_url() -> str:
    return reverse(Campaign.snippet_viewset.get_url_name("list"))  # type: ignore[attr-defined]


def drawn_courses(one: LiveCampaign, days: list[date]) -> list[Drawn]:
    return [drawn(course, days) for course in one.courses]


def table_of(one: LiveCampaign, days: list[date]) -> list[tuple[date, list[str]]]:
    """The days with a number, newest first: thirty rows of zeros would hide them."""
    rows = [(day, [course.values[place] for course in one.courses]) for place, day in enumerate(days)]
    told = [(day, values) for day, values in reversed(rows) if any(values)]
    return [
        (day, [said(course, value) for course, value in zip(one.courses, values, strict=True)]) for day, values in told
    ]


def said(course: Course, number: int) -> str:
    return format_amount(number) if course.name == "gifts" else number_format(number, force_grouping=True)


def drawn(course: Course, days: list[date]) -> Drawn:
    """Bars of what a day brought; a day that took back more than it brought has none and stands in the table."""
    unit = 100 if course.name == "gifts" else 1
    values = [max(0, value) // unit for value in course.values]
    labels = [date_format(day, "DATE_FORMAT") for day in days]
    words = _("%(label)s a day from %(first)s to %(last)s: %(number)s in all. The table below has every day.")
    told = said(course, sum(course.values))
    summary = words % {"label": course.label, "first": labels[0], "last": labels[-1], "number": told}
    series = [Series(COLOURS[course.name], course.label, values)]
    return Drawn(
        name=course.name,
        label=course.label,
        total=said(course, course.total),
        top=said(course, round_up(max(values)) * unit),
        drawing=bars(series, labels, summary=summary),
    )
