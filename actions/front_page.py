"""The admin's front page: what waits for a person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy
from wagtail.admin.ui.components import Component
from wagtail.permissions import policy_registry

from actions.donations.waiting import waiting_in_donations
from actions.letters import admin_addresses
from actions.letters.admin_lists import FAILED_MAILS, LETTERS, MAILS, rows_of
from actions.letters.admin_views import PERMISSION, URL_NAME
from actions.outbox.states import DispatchState
from actions.petitions.models import Petition, Tally
from actions.petitions.waiting import waiting_in_petitions
from actions.representatives import postal_table
from actions.representatives.dead_addresses import open_troubles
from actions.representatives.imports.members import members_are_stale
from actions.representatives.models import Representative, Riding
from home.translations import admin_list as translations_list
from home.translations.standing import State
from home.translations.waiting import translations_waiting

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

# The most pressing first: of what has changed, visitors read a former text meanwhile.
TRANSLATIONS: dict[State, Any] = {
    State.CHANGED: ngettext_lazy(
        "%d translation follows a former original: translate what is new, or keep it as it is.",
        "%d translations follow a former original: translate what is new, or keep them as they are.",
    ),
    State.HANDED_OVER: ngettext_lazy(
        "%d translation was handed over and waits for publication.",
        "%d translations were handed over and wait for publication.",
    ),
    State.READY: ngettext_lazy(
        "%d translation is done and not published.", "%d translations are done and not published."
    ),
    State.UNFINISHED: ngettext_lazy("%d translation is not finished.", "%d translations are not finished."),
    State.MISSING: ngettext_lazy("%d translation is missing.", "%d translations are missing."),
}


@dataclass(frozen=True)
class Waiting:
    text: str
    url: str


class WaitingPanel(Component):
    """What a person has to look at; empty when nothing is."""

    name = "waiting_for_you"
    template_name = "actions/admin/waiting.html"
    order = 15  # before the campaigns: what waits is not found below the fold

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        return {"items": list(waiting_for(parent_context["request"].user)) if parent_context else []}


def _list_url(model: type[Any]) -> str:
    return reverse(model.snippet_viewset.get_url_name("list"))


def waiting_for(user: AbstractBaseUser) -> Iterator[Waiting]:
    if user.has_perm(PERMISSION):  # type: ignore[attr-defined]
        yield from _to_decide()
    yield from (Waiting(text, url) for text, url in waiting_in_petitions(user))
    may_change_petitions = policy_registry.get_by_type(Petition).user_has_permission(user, "change")
    if may_change_petitions and (count := Tally.objects.exclude(drift=None).count()):
        yield Waiting(DRIFTED % count, _list_url(Petition))
    yield from _translations(user)
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


def _translations(user: AbstractBaseUser) -> Iterator[Waiting]:
    """One line for each state: the list says which pages and texts they are."""
    counts = Counter(State(line.state) for line in translations_waiting(user))
    for state, text in TRANSLATIONS.items():
        if counts[state]:
            yield Waiting(text % counts[state], translations_list.list_url(state))
