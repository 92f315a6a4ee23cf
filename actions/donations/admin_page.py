"""The frame of the finance role's pages."""

from __future__ import annotations

from typing import Any, cast

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

MAY_SEE = "actions.view_donation"
MAY_REFUND = "actions.refund_donation"
MAY_END = "actions.end_donation"
MAY_ENTER = "actions.add_offline_donation"
LIST_URL = "donations_list"
ONE_URL = "donations_one"
LIST_TITLE = _("All donations")


@method_decorator(never_cache, name="dispatch")
class FinancePage(WagtailAdminTemplateMixin, TemplateView):
    """A page for those with ``permission``; ``trail`` are the pages above it."""

    permission = MAY_SEE
    header_icon = "pick"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm(self.permission):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @property
    def user(self) -> User:
        """Who is logged in: ``dispatch`` lets nobody else in."""
        return cast(User, self.request.user)

    def trail(self) -> list[tuple[str, Any]]:
        """(address, title) of the pages above this one."""
        return []

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        above = [{"url": url, "label": label} for url, label in self.trail()]
        return [*self.breadcrumbs_items, *above, {"url": "", "label": self.get_page_title()}]

    def get_page_title(self) -> Any:
        return self.page_title


def to_list() -> tuple[str, Any]:
    return reverse(LIST_URL), LIST_TITLE


def to_one(donation_id: int) -> tuple[str, Any]:
    return reverse(ONE_URL, args=[donation_id]), _("Donation %(number)s") % {"number": donation_id}
