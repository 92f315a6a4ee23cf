"""Where all letters are stopped at once: a page of its own, one click from the front page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.ui.components import Component
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.permissions import policy_registry

from actions.letters.site_stopping import SiteSwitch, possible_site_switches, switch_site
from actions.letters.switches import current_switches
from home.site_settings import SiteSettings

URL_NAME = "letters_stop_all"
EXPLANATIONS = {
    SiteSwitch.STOP: gettext_lazy(
        "Nobody can write any letter, and no letter leaves until you lift the stop. Nothing is lost."
    ),
    SiteSwitch.RESUME: gettext_lazy("Letters that wait leave again, and people can write again."),
    SiteSwitch.DISSOLVE: gettext_lazy(
        "Nobody is an MP until the election. Letters to MPs that wait are held and each of their writers gets a mail; "
        "the pages say why. They do not leave by themselves when there are MPs again."
    ),
    SiteSwitch.RETURN: gettext_lazy("The election is over, and the new members were imported: people can write again."),
}


def may_switch_site(user: Any) -> bool:
    return bool(policy_registry.get_by_type(SiteSettings).user_has_permission(user, "change"))


class SiteStopView(WagtailAdminTemplateMixin, TemplateView):
    """GET shows how the site's switches stand; POST throws one."""

    page_title = gettext_lazy("Stop all letters")
    header_icon = "warning"
    template_name = "actions/admin/stop_all.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_switch_site(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        context["now"] = current_switches()
        context["switches"] = [(one, EXPLANATIONS[one]) for one in possible_site_switches(context["now"])]
        return context

    def post(self, request: HttpRequest) -> HttpResponse:
        if request.POST.get("switch") not in SiteSwitch.values:
            raise BadRequest
        to = SiteSwitch(request.POST["switch"])
        if switch_site(to=to, user=request.user):
            messages.success(request, EXPLANATIONS[to])
        else:
            messages.warning(request, _("Nothing was changed: somebody did that already."))
        return HttpResponseRedirect(request.path)


class SiteStopPanel(Component):
    """On the admin's front page: how the switches stand, and for who may throw them, the way to them."""

    name = "all_letters"
    template_name = "actions/admin/all_letters.html"
    order = 24

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        user = parent_context["request"].user if parent_context else None
        return {"now": current_switches(), "may_switch": user is not None and may_switch_site(user)}


URLS: list[URLPattern] = [path("letters/stop/", SiteStopView.as_view(), name=URL_NAME)]
