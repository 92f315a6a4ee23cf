"""Which campaigns are live, what can be done for each, and its numbers as far as the user may see them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.permissions import policy_registry

from actions.campaigns.models import Campaign
from actions.desk import days as by_day
from actions.desk.unfinished import Step, page_drafts, steps_of, with_first_text
from actions.donations.admin_page import MAY_SEE
from actions.donations.models import Appeal
from actions.letters.admin_totals import may_see_numbers
from actions.letters.models import LetterCampaign
from actions.petitions.models import Petition

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser

MOST_CAMPAIGNS = 8
MOST_ACTIONS = 100  # of each kind; an alliance has a handful at a time


@dataclass(frozen=True)
class LiveAction:
    """Something that people can do now or later; ``total`` None where there is no number for this user.

    ``steps`` are what it still needs before anybody can take part.
    """

    kind: str
    name: str
    state: Any
    total: int | None
    url: str
    steps: list[Step] = field(default_factory=list)


@dataclass(frozen=True)
class Course:
    """One number over the days; ``total`` since the beginning, of gifts of these days. Gifts are in cents."""

    name: str
    label: str
    total: int
    values: list[int]


@dataclass(frozen=True)
class LiveCampaign:
    campaign: Campaign
    url: str
    actions: list[LiveAction] = field(default_factory=list)
    courses: list[Course] = field(default_factory=list)


@dataclass(frozen=True)
class Sight:
    """What of the numbers a user may see."""

    signatures: bool
    letters: bool
    gifts: bool
    campaigns: bool

    @property
    def any(self) -> bool:
        return self.signatures or self.letters or self.gifts


def sight_of(user: AbstractBaseUser) -> Sight:
    """Numbers of actions are for who makes or sees them, gifts for finance alone."""

    def may(model: type[Any], *words: str) -> bool:
        return bool(policy_registry.get_by_type(model).user_has_any_permission(user, words))

    return Sight(
        signatures=may(Petition, "change", "view"),
        letters=may_see_numbers(user),
        gifts=user.has_perm(MAY_SEE),  # type: ignore[attr-defined]
        campaigns=may(Campaign, "change"),
    )


def live_campaigns(*, user: AbstractBaseUser, now: datetime, days: list[date]) -> tuple[list[LiveCampaign], int]:
    """Return the campaigns with something that is not over, newest first, and how many more there are.

    At most thirteen queries, whatever the numbers.
    """
    sight = sight_of(user)
    found: dict[int, list[LiveAction]] = defaultdict(list)
    begun: dict[int, datetime] = {}
    campaigns: dict[int, Campaign] = {}
    for record, action in _not_over(user, sight, now):
        found[record.campaign.pk].append(action)
        campaigns[record.campaign.pk] = record.campaign
        begun[record.campaign.pk] = max(begun.get(record.campaign.pk, record.opens_at), record.opens_at)
    newest = sorted(campaigns, key=lambda pk: (begun[pk], pk), reverse=True)
    shown = newest[:MOST_CAMPAIGNS]
    courses = _courses(shown, sight, days)
    for page in page_drafts(user, shown):
        url = reverse("wagtailadmin_pages:edit", args=[page.pk])
        found[page.campaign_id].append(LiveAction(_("Page"), page.title, _("not published"), None, url))
    told = [
        LiveCampaign(campaigns[pk], _edit_url(campaigns[pk]) if sight.campaigns else "", found[pk], courses[pk])
        for pk in shown
    ]
    return told, len(newest) - len(shown)


def _not_over(user: AbstractBaseUser, sight: Sight, now: datetime) -> Iterator[tuple[Any, LiveAction]]:
    still = Q(closes_at=None) | Q(closes_at__gt=now)
    if sight.signatures:
        yield from _petitions(user, Petition.objects.filter(still), now)
    if sight.letters:
        useful = Q(useless_after=None) | Q(useless_after__gt=now)
        for one in _newest(LetterCampaign.objects.filter(still, useful).select_related("campaign", "tally")):
            url = reverse("letters_progress", args=[one.pk])
            total = one.tally.confirmed if hasattr(one, "tally") else 0
            state = _state(one, one.availability(now))
            yield one, LiveAction(_("Letters"), one.name, state, total, url, steps_of(user, one))
    if sight.gifts:
        appeals = Appeal.objects.filter(still, campaign__isnull=False)
        for one in _newest(appeals.exclude(archived_at__lte=now).select_related("campaign")):
            state = _state(one, one.state(now))
            url = reverse("donations_overview")
            yield one, LiveAction(_("Donations"), one.name, state, None, url, steps_of(user, one))


def _petitions(user: AbstractBaseUser, rows: Any, now: datetime) -> Iterator[tuple[Any, LiveAction]]:
    open_ones = rows.exclude(won_at__lte=now).exclude(archived_at__lte=now)
    url = reverse(Petition.snippet_viewset.get_url_name("list"))  # type: ignore[attr-defined]
    for one in _newest(open_ones.select_related("campaign", "tally")):
        total = one.tally.confirmed if hasattr(one, "tally") else 0
        yield one, LiveAction(_("Petition"), one.name, _state(one, one.state(now)), total, url, steps_of(user, one))


def _newest(rows: Any) -> Any:
    return with_first_text(rows).order_by("-opens_at", "-pk")[:MOST_ACTIONS]


def _state(record: Any, state: Any) -> Any:
    return state.label if record.is_out else _("no text is published")


def _edit_url(campaign: Campaign) -> str:
    return reverse(Campaign.snippet_viewset.get_url_name("edit"), args=[campaign.pk])  # type: ignore[attr-defined]


def _courses(campaigns: Collection[int], sight: Sight, days: list[date]) -> dict[int, list[Course]]:
    """The numbers of each campaign that the user may see; a kind that a campaign never had is left out."""
    made: dict[int, list[Course]] = {pk: [] for pk in campaigns}

    def add(name: str, label: str, daily: by_day.ByDay, totals: Counter[int]) -> None:
        for pk in campaigns:
            values = [daily[pk, day] for day in days]
            if totals[pk] or any(values):
                made[pk].append(Course(name, label, totals[pk], values))

    if campaigns and sight.signatures:
        signed = by_day.signatures_by_day(campaigns, days)
        add("signatures", _("Signatures"), signed, by_day.all_signatures(campaigns))
    if campaigns and sight.letters:
        add("letters", _("Letters"), by_day.letters_by_day(campaigns, days), by_day.all_letters(campaigns))
    if campaigns and sight.gifts:
        given = by_day.gifts_by_day(campaigns, days)
        add("gifts", _("Gifts"), given, Counter({pk: sum(given[pk, day] for day in days) for pk in campaigns}))
    return made
