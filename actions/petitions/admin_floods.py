"""The admin's page "Where signatures come from": mail domains and address ranges, each with a way to its dry run."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import Button

from actions.petitions.invalidating import invalidations_of
from actions.petitions.models import Petition
from actions.petitions.trends import Trend, Window, trends_of

PERMISSION = "actions.invalidate_signature"
TRENDS_URL, INVALIDATE_URL, RUN_URL = "petitions_trends", "petitions_invalidate", "petitions_invalidation"
EARLIER_SHOWN = 20
LETTERS_OF_A_KEY = 6


def shown_key(key: str) -> str:
    """Return so much of a key that two of them can be told apart by eye."""
    return key[1 : 1 + LETTERS_OF_A_KEY] if key[:1] in "46" and len(key) == 40 else key[:LETTERS_OF_A_KEY]


def range_name(key: str) -> str:
    """Return how staff read an address range: what kind it is, never which."""
    label = _("IPv6 network %(key)s") if key.startswith("6") else _("IPv4 address %(key)s")
    return label % {"key": shown_key(key)}


def domain_name(trend: Trend) -> str:
    return trend.name or _("unnamed (%(key)s)") % {"key": shown_key(trend.key)}


class PetitionPage(WagtailAdminTemplateMixin):
    """A page below the list of petitions, for who may invalidate; stands before a view class and finds ``petition``."""

    petition: Petition

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm(PERMISSION):
            raise PermissionDenied
        self.petition = self.find(kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def find(self, pk: int) -> Petition:
        return get_object_or_404(Petition, pk=pk)

    def get_page_subtitle(self) -> str:
        return str(self.petition)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        index = reverse(Petition.snippet_viewset.get_url_name("list"))  # type: ignore[attr-defined]
        trends = {"url": reverse(TRENDS_URL, args=[self.petition.pk]), "label": TrendsView.page_title}
        here = {"url": "", "label": self.page_title, "sublabel": self.get_page_subtitle()}
        above = [*self.breadcrumbs_items, {"url": index, "label": _("Petitions")}]
        return [*above, here] if isinstance(self, TrendsView) else [*above, trends, here]


class TrendsView(PetitionPage, TemplateView):
    page_title = gettext_lazy("Where signatures come from")
    header_icon = "view"
    template_name = "actions/admin/trends.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = self.request.GET.get("window", "")
        window = Window(asked) if asked in Window.values else Window.DAY
        trends = trends_of(self.petition, window, timezone.now())
        since = {"since": trends.since.isoformat()} if trends.since else {}
        return {
            **super().get_context_data(**kwargs),
            "petition": self.petition,
            "window": window,
            "windows": [(one.value, one.label) for one in Window],
            "trends": trends,
            "domains": [(one, domain_name(one), self.link(since, **_domain_part(one))) for one in trends.domains],
            "ranges": [(one, range_name(one.key), self.link(since, address_key=one.key)) for one in trends.ranges],
            "condition_url": reverse(INVALIDATE_URL, args=[self.petition.pk]),
            "earlier": invalidations_of(self.petition)[:EARLIER_SHOWN],
        }

    def link(self, since: dict[str, str], **condition: str) -> str:
        """The way to the dry run of one row, for the same time."""
        return f"{reverse(INVALIDATE_URL, args=[self.petition.pk])}?{urlencode({**condition, **since})}#found"


def _domain_part(trend: Trend) -> dict[str, str]:
    return {"mail_domain": trend.name} if trend.name else {"mail_domain_key": trend.key}


def listing_button(snippet: Any, user: Any, next_url: str | None = None) -> Iterator[Button]:
    """The way to the page, in the "…" menu of each petition."""
    if isinstance(snippet, Petition) and user.has_perm(PERMISSION):
        yield Button(TrendsView.page_title, reverse(TRENDS_URL, args=[snippet.pk]), icon_name="view", priority=4)


URLS: list[URLPattern] = [path("petitions/<int:pk>/trends/", TrendsView.as_view(), name=TRENDS_URL)]
