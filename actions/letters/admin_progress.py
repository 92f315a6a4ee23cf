"""The admin's page "How it goes" of one letter campaign: numbers, letters a day, ridings reached."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin.widgets.button import Button

from actions.charts import Series, bars, round_up, tiles
from actions.letters import admin_deliveries, admin_totals, admin_views
from actions.letters.admin_campaign_page import CampaignPage
from actions.letters.admin_state import state_of
from actions.letters.admin_totals import may_see_numbers
from actions.letters.models import LetterCampaign
from actions.letters.progress import Day, Numbers, days_of, letters_by_riding, numbers_of
from actions.letters.states import LetterState
from actions.listing import listed
from actions.outbox.states import DispatchState
from actions.representatives.riding_tiles import riding_tiles

URL_NAME = "letters_progress"


class ProgressView(CampaignPage, TemplateView):
    page_title = gettext_lazy("How it goes")
    header_icon = "view"
    template_name = "actions/admin/progress.html"

    def may_open(self, user: Any) -> bool:
        return may_see_numbers(user)

    def links(self) -> list[tuple[Any, str]]:
        """The pages that say more, with their addresses."""
        about = urlencode({"letter_campaign": self.letter_campaign.pk})
        links = [(admin_totals.TotalsView.page_title, f"{reverse(admin_totals.URL_NAME)}?{about}")]
        if self.request.user.has_perm(admin_views.PERMISSION):
            url = f"{reverse(admin_deliveries.URL_NAME)}?{about}"
            links.append((admin_deliveries.DeliveriesView.page_title, url))
        return links

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        now = timezone.now()
        numbers, days = numbers_of(self.letter_campaign), days_of(self.letter_campaign, now)
        return {
            **super().get_context_data(**kwargs),
            "letter_campaign": self.letter_campaign,
            "state": state_of(self.letter_campaign, now),
            "links": self.links(),
            "numbers": numbers,
            "letters": self.about_letters(numbers),
            "deliveries": self.about_deliveries(numbers),
            "days": days,
            **chart_of(days),
            "tiles": riding_tiles(
                letters_by_riding(self.letter_campaign),
                language=get_language() or "en",
                say=said,
                draw=tiles,
                url_of=self.riding_url,
            ),
        }

    def riding_url(self, riding: int) -> str:
        query = urlencode({"letter_campaign": self.letter_campaign.pk, "riding": riding, "letters": "all"})
        return f"{reverse(admin_totals.URL_NAME)}?{query}"

    def about_letters(self, numbers: Numbers) -> list[tuple[Any, int, str]]:
        """Rows of (what, how many, where to): what supporters wrote."""
        is_decider = self.request.user.has_perm(admin_views.PERMISSION)
        to_decide = f"{reverse(admin_views.URL_NAME)}?show=letters" if is_decider else ""
        return [
            (_("confirmed by their writers"), numbers.confirmed, ""),
            (_("of these, passed on for sending"), numbers.letters[LetterState.CONFIRMED], ""),
            (_("of these, held for a person to decide"), numbers.held_confirmed, to_decide),
            (_("waiting for their writers’ confirmation"), numbers.letters[LetterState.PENDING], ""),
            (_("held, and not confirmed by their writers yet"), numbers.held_unconfirmed, to_decide),
            (_("never confirmed"), numbers.letters[LetterState.EXPIRED], ""),
        ]

    def about_deliveries(self, numbers: Numbers) -> list[tuple[Any, int, str]]:
        """Rows of (state, how many, where to): each letter to each person it goes to."""
        found = numbers.deliveries
        return [
            (_("in all"), numbers.all_deliveries, ""),
            (_("waiting for their turn"), numbers.waiting, self._listed(DispatchState.QUEUED)),
            (_("sent, may still come back"), found[DispatchState.SENT], self._listed(DispatchState.SENT)),
            *(
                (state.label, found[state], self._listed(state))
                for state in (
                    DispatchState.DELIVERED,
                    DispatchState.FAILED,
                    DispatchState.HELD,
                    DispatchState.UNCERTAIN,
                )
            ),
            (_("taken back by their writers"), numbers.taken_back, ""),
        ]

    def _listed(self, state: DispatchState) -> str:
        if not self.request.user.has_perm(admin_views.PERMISSION):
            return ""
        query = urlencode({"letter_campaign": self.letter_campaign.pk, "state": state.value})
        return f"{reverse(admin_deliveries.URL_NAME)}?{query}"


def said(riding: str, count: int) -> str:
    words = ngettext("%(riding)s: %(count)d letter", "%(riding)s: %(count)d letters", count)
    return words % {"riding": riding, "count": count}


def chart_of(days: list[Day]) -> dict[str, Any]:
    """The drawing of the days and the texts around it."""
    series = [
        Series("confirmed", _("passed on"), [day.confirmed for day in days]),
        Series("sent", _("sent"), [day.sent for day in days]),
        Series("failed", _("failed"), [day.failed for day in days]),
    ]
    labels = [date_format(day.on, "DATE_FORMAT") for day in days]
    summary = _("Letters a day from %(first)s to %(last)s: %(numbers)s. The table below has every day.") % {
        "first": labels[0],
        "last": labels[-1],
        "numbers": listed(f"{sum(one.values)} {one.label}" for one in series),
    }
    top = round_up(max(value for one in series for value in one.values))
    return {
        "series": series,
        "chart": bars(series, labels, summary=summary),
        "scale": [top, top // 2 if top % 2 == 0 else None, 0],
        "edges": [labels[0], labels[len(labels) // 2], labels[-1]],
        "is_empty": not any(value for one in series for value in one.values),
    }


def listing_button(snippet: Any, user: Any, next_url: str | None = None) -> Iterator[Button]:
    """The way to the page, in the "…" menu of each letter campaign."""
    if isinstance(snippet, LetterCampaign) and may_see_numbers(user):
        yield Button(ProgressView.page_title, reverse(URL_NAME, args=[snippet.pk]), icon_name="view", priority=4)


URLS: list[URLPattern] = [path("letters/<int:pk>/how-it-goes/", ProgressView.as_view(), name=URL_NAME)]
