"""Where staff stop and pause letter campaigns: a page of its own for each, one click from the list and front page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.ui.components import Component
from wagtail.admin.widgets.button import Button
from wagtail.permissions import policy_registry

from actions.letters.admin_campaign_page import CampaignPage
from actions.letters.admin_outlook import advice
from actions.letters.admin_state import State, state_of, states_of
from actions.letters.models import LetterCampaign
from actions.letters.outlook import outlooks
from actions.letters.stopping import Switch, possible_switches, switch
from actions.letters.switches import current_switches

URL_NAME = "letters_stop"
EXPLANATIONS = {
    Switch.STOP: gettext_lazy("Nobody can write, and no letter leaves until you lift the stop. Nothing is lost."),
    Switch.RESUME: gettext_lazy("Letters that wait leave again, and people can write again."),
    Switch.PAUSE: gettext_lazy("Nobody can write; letters that were confirmed still leave."),
    Switch.REOPEN: gettext_lazy("People can write again."),
}


def may_switch(user: Any) -> bool:
    return bool(policy_registry.get_by_type(LetterCampaign).user_has_permission(user, "change"))


class StopView(CampaignPage, TemplateView):
    """GET shows how one letter campaign stands; POST throws one switch."""

    page_title = gettext_lazy("Stop or pause")
    header_icon = "warning"
    template_name = "actions/admin/stop.html"

    def may_open(self, user: Any) -> bool:
        return may_switch(user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        context["letter_campaign"] = self.letter_campaign
        context["state"] = state_of(self.letter_campaign, timezone.now())
        outlook = outlooks(timezone.now(), [self.letter_campaign]).get(self.letter_campaign.pk)
        context["outlook"] = advice(self.letter_campaign, outlook, current_switches())
        context["switches"] = [(one, EXPLANATIONS[one]) for one in possible_switches(self.letter_campaign)]
        return context

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        if request.POST.get("switch") not in Switch.values:
            raise BadRequest
        to = Switch(request.POST["switch"])
        if switch(letter_campaign_id=pk, to=to, user=request.user):
            messages.success(request, EXPLANATIONS[to])
        else:
            messages.warning(request, _("Nothing was changed: somebody did that already."))
        return HttpResponseRedirect(request.path)


class StopPanel(Component):
    """On the admin's front page: every letter campaign that is not over, with the way to stop it."""

    name = "letter_campaigns_now"
    template_name = "actions/admin/letter_campaigns_now.html"
    order = 25

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        user = parent_context["request"].user if parent_context else None
        return {"items": list(_not_over()) if user and may_switch(user) else []}


def _not_over() -> Iterator[tuple[LetterCampaign, State, str, dict[str, Any]]]:
    """Yield the letter campaigns that are not over, and those for which letters still wait."""
    now = timezone.now()
    waiting, switches = outlooks(now), current_switches()
    every = LetterCampaign.objects.order_by("name")
    shown = [one for one in every if not one.is_over(now) or one.pk in waiting]
    states = states_of(shown, now)
    for one in shown:
        told = advice(one, waiting.get(one.pk), switches)
        yield one, states[one.pk], reverse(URL_NAME, args=[one.pk]), told


def listing_button(snippet: Any, user: Any, next_url: str | None = None) -> Iterator[Button]:
    """The way to the page, in the "…" menu of each letter campaign."""
    if isinstance(snippet, LetterCampaign) and may_switch(user):
        url = reverse(URL_NAME, args=[snippet.pk])
        yield Button(StopView.page_title, url, icon_name="warning", priority=5)


URLS: list[URLPattern] = [path("letters/<int:pk>/stop/", StopView.as_view(), name=URL_NAME)]
