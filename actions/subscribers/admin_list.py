"""The admin's page of the list: how many there are, and sign-ups that were held. Nobody's name or address."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from actions.subscribers.admin_send import PERMISSION, may_write
from actions.subscribers.progress import list_numbers
from actions.subscribers.services import release_held
from actions.subscribers.states import SubscriberState
from home.languages import CODES, own_name

URL_NAME = "subscribers_list"


def may_see(user: Any) -> bool:
    return bool(may_write(user) or user.has_perm(PERMISSION))


class SubscribersView(WagtailAdminTemplateMixin, TemplateView):
    page_title = gettext_lazy("Subscribers")
    header_icon = "group"
    template_name = "actions/admin/subscribers.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_see(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        numbers = list_numbers()
        return {
            **super().get_context_data(**kwargs),
            "numbers": numbers,
            "by_language": [(own_name(code), numbers.by_language.get(code, 0)) for code in CODES],
            "by_state": [(SubscriberState(state).label, count) for state, count in numbers.by_state.items()],
            "may_send": self.request.user.has_perm(PERMISSION),
        }

    def post(self, request: HttpRequest) -> HttpResponse:
        if not request.user.has_perm(PERMISSION):
            raise PermissionDenied
        count = release_held(user=request.user)
        words = ngettext("%d sign-up gets its mail.", "%d sign-ups get their mail.", count) % count
        messages.success(request, words)
        return HttpResponseRedirect(request.path)


class SubscribersItem(MenuItem):
    def __init__(self) -> None:
        super().__init__(
            SubscribersView.page_title, reverse(URL_NAME), name="subscribers", icon_name="group", order=120
        )

    def is_shown(self, request: HttpRequest) -> bool:
        return may_see(request.user)


URLS: list[URLPattern] = [path("subscribers/", SubscribersView.as_view(), name=URL_NAME)]
