"""The admin's page of one event's places: how many, and sign-ups that were held. Nobody's name or address."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets import Button

from actions.events.models import Event, EventSignUp
from actions.events.services import release_held
from actions.events.states import HeldReason, PlaceState

URL_NAME = "event_places"
PERMISSION = "actions.change_event"


class PlacesView(WagtailAdminTemplateMixin, TemplateView):
    page_title = gettext_lazy("Places")
    header_icon = "date"
    template_name = "actions/admin/event_places.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm(PERMISSION):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def event(self) -> Event:
        return get_object_or_404(Event, pk=self.kwargs["pk"])

    def get_page_subtitle(self) -> str:
        return str(self.event)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": f"{self.page_title}: {self.event}"}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        places = EventSignUp.objects.filter(event=self.event)
        numbers = dict(places.order_by().values_list("state").annotate(Count("pk")))
        return {
            **super().get_context_data(**kwargs),
            "event": self.event,
            "by_state": [(PlaceState(state).label, numbers.get(state, 0)) for state in PlaceState.values],
            "held": _held(places, HeldReason.LIMIT),
            "held_programs": _held(places, HeldReason.HONEYPOT),
        }

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        count = release_held(event=self.event, user=request.user)
        words = ngettext("%d sign-up gets its mail.", "%d sign-ups get their mail.", count) % count
        messages.success(request, words)
        return HttpResponseRedirect(request.path)


def _held(places: Any, reason: HeldReason) -> int:
    waiting = places.filter(state=PlaceState.PENDING, held_reason=reason, expires_at__gt=timezone.now())
    return int(waiting.count())


def listing_button(snippet: Any, user: Any, next_url: str | None = None) -> Iterator[Button]:
    """The way to the page, in the "…" menu of each event."""
    if isinstance(snippet, Event) and user.has_perm(PERMISSION):
        yield Button(PlacesView.page_title, reverse(URL_NAME, args=[snippet.pk]), icon_name="group", priority=5)


URLS: list[URLPattern] = [path("events/<int:pk>/places/", PlacesView.as_view(), name=URL_NAME)]
