"""The admin's front page: the steps of a new letter action in their order, and what waits for a person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy
from wagtail.admin.ui.components import Component
from wagtail.models import Locale
from wagtail.permissions import policy_registry

from actions.campaigns.models import Campaign
from actions.donations.waiting import waiting_in_donations
from actions.letters import admin_addresses
from actions.letters.admin_lists import FAILED_MAILS, LETTERS, MAILS, rows_of
from actions.letters.admin_views import PERMISSION, URL_NAME
from actions.letters.models import LetterCampaign, LetterWording
from actions.outbox.states import DispatchState
from actions.pages import ActionIndexPage, ActionPage
from actions.petitions.models import Petition, Tally
from actions.petitions.waiting import waiting_in_petitions
from actions.representatives import postal_table
from actions.representatives.dead_addresses import open_troubles
from actions.representatives.imports.members import members_are_stale
from actions.representatives.models import Representative, Riding
from actions.wordings.keeping import behind
from home.languages import own_name
from home.pages import HomePage

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser

FAILED_LATELY = timedelta(days=7)
FAILURES = (DispatchState.FAILED, FAILED_MAILS)
LINES: dict[str, Any] = {
    LETTERS: ngettext_lazy("%d letter is held.", "%d letters are held."),
    DispatchState.UNCERTAIN: ngettext_lazy("%d delivery is uncertain.", "%d deliveries are uncertain."),
    DispatchState.HELD: ngettext_lazy("%d delivery is held.", "%d deliveries are held."),
    DispatchState.FAILED: ngettext_lazy(
        "%d delivery failed in the last 7 days.", "%d deliveries failed in the last 7 days."
    ),
    MAILS: ngettext_lazy(
        "%d mail to a supporter is held or uncertain.", "%d mails to supporters are held or uncertain."
    ),
    FAILED_MAILS: ngettext_lazy(
        "%d mail to a supporter failed in the last 7 days.", "%d mails to supporters failed in the last 7 days."
    ),
}
DEAD_ADDRESSES: Any = ngettext_lazy(
    "Mail to %d address comes back: letters to it wait.", "Mail to %d addresses comes back: letters to them wait."
)

DRIFTED: Any = ngettext_lazy(
    "The count of %d petition does not agree with its signatures.",
    "The counts of %d petitions do not agree with their signatures.",
)


@dataclass(frozen=True)
class Step:
    """One button of the way to a new letter action; ``url`` is empty when the user may not take it."""

    title: str
    text: str
    button: str
    url: str


@dataclass(frozen=True)
class Waiting:
    text: str
    url: str


class StartPanel(Component):
    """Every step of a new letter action, one click away."""

    name = "start_here"
    template_name = "actions/admin/start_here.html"
    order = 20

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        steps = steps_for(parent_context["request"].user) if parent_context else []
        return {"steps": steps if any(step.url for step in steps) else []}


class WaitingPanel(Component):
    """What a person has to look at; empty when nothing is."""

    name = "waiting_for_you"
    template_name = "actions/admin/waiting.html"
    order = 15  # before the steps of a new action: what waits is not found below the fold

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        return {"items": list(waiting_for(parent_context["request"].user)) if parent_context else []}


def steps_for(user: AbstractBaseUser) -> list[Step]:
    return [
        Step(
            _("Campaign"),
            _("The goal: a bill, its stage and our position. Use one that is there, or make a new one."),
            _("Make a campaign"),
            _add_url(user, Campaign),
        ),
        Step(
            _("Letter campaign"),
            _("Who receives the letters, and from when to when they can be written."),
            _("Make a letter campaign"),
            _add_url(user, LetterCampaign),
        ),
        Step(
            _("Text of the letter"),
            _("What supporters read and send. Publish it, then translate it."),
            _("Write the text"),
            _add_url(user, LetterWording),
        ),
        Step(
            _("Page"),
            _("Your story, with the block “Letter to an MP” beside it."),
            _("Make the page"),
            page_url(user),
        ),
    ]


def _add_url(user: AbstractBaseUser, model: type[Any]) -> str:
    if not policy_registry.get_by_type(model).user_has_permission(user, "add"):
        return ""
    return reverse(model.snippet_viewset.get_url_name("add"))


def _list_url(model: type[Any]) -> str:
    return reverse(model.snippet_viewset.get_url_name("list"))


def page_url(user: AbstractBaseUser) -> str:
    """Where an action page is made: below the list of actions, or else where that list has to be made first."""
    for kind, child in ((ActionIndexPage, ActionPage), (HomePage, ActionIndexPage)):
        parents = kind.objects.filter(locale=Locale.get_default()).order_by("path")
        for parent in parents:
            if parent.permissions_for_user(user).can_add_subpage():
                return reverse("wagtailadmin_pages:add", args=["actions", child._meta.model_name, parent.pk])
    return ""


def waiting_for(user: AbstractBaseUser) -> Iterator[Waiting]:
    if user.has_perm(PERMISSION):  # type: ignore[attr-defined]
        yield from _to_decide()
    yield from (Waiting(text, url) for text, url in waiting_in_petitions(user))
    may_change_petitions = policy_registry.get_by_type(Petition).user_has_permission(user, "change")
    if may_change_petitions and (count := Tally.objects.exclude(drift=None).count()):
        yield Waiting(DRIFTED % count, _list_url(Petition))
    yield from _texts_behind(user)
    yield from (Waiting(text, url) for text, url in waiting_in_donations(user))
    may_change = policy_registry.get_by_type(Representative).user_has_permission(user, "change")
    if may_change and members_are_stale(timezone.now()):
        text = _("The list of Members of Parliament was not brought up to date in the last 7 days.")
        yield Waiting(text, _list_url(Representative))
    if may_change and postal_table.is_damaged():
        yield Waiting(_("The table of postal codes is damaged: import_addresses has to run again."), _list_url(Riding))
    if may_change and (count := open_troubles().count()):
        yield Waiting(DEAD_ADDRESSES % count, reverse(admin_addresses.URL_NAME))


def _to_decide() -> Iterator[Waiting]:
    """One line per list; failures stay in theirs for good, so only those of the last days are told here."""
    lately = timezone.now() - FAILED_LATELY
    for kind, text in LINES.items():
        rows = rows_of(kind)
        count = (rows.filter(settled_at__gt=lately) if kind in FAILURES else rows).count()
        if count:
            yield Waiting(text % count, f"{reverse(URL_NAME)}?show={kind}")


def _texts_behind(user: AbstractBaseUser) -> Iterator[Waiting]:
    """Live texts that visitors read beside a newer one in another language."""
    for text in behind():
        if policy_registry.get_by_type(type(text)).user_has_permission(user, "change"):
            words = _("“%(title)s” (%(language)s) follows a former text: translate it, or keep it as it is.")
            url = reverse(text.snippet_viewset.get_url_name("edit"), args=[text.pk])
            yield Waiting(words % {"title": text.title, "language": own_name(text.language)}, url)
