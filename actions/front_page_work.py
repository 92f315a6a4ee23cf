"""The admin's front page for those who start no action: the pages of their role, so that it is never empty."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.ui.components import Component
from wagtail.permissions import policy_registry

from actions.desk.may_start import may_start
from actions.donations import admin_overview
from actions.donations.admin_page import MAY_SEE
from actions.exports import admin as exports
from actions.petitions import admin_find, admin_floods
from actions.petitions.models import Petition
from actions.privacy import admin as privacy
from actions.subscribers.update_models import Update

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser

NEWEST_SHOWN = 5


class WorkPanel(Component):
    """What the user may open, one click away; empty for those who may start an action."""

    name = "your_work"
    template_name = "actions/admin/your_work.html"
    order = 21

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        user = parent_context["request"].user if parent_context else None
        if user is None or may_start(user):
            return {"links": []}
        return {"links": list(work_of(user))}


def work_of(user: AbstractBaseUser) -> Iterator[tuple[Any, str]]:
    """Yield (text, address) of the pages that the user's role is about."""
    if user.has_perm(admin_floods.PERMISSION):  # type: ignore[attr-defined]
        for petition in Petition.objects.order_by("-pk")[:NEWEST_SHOWN]:
            words = _("Where signatures come from: %(petition)s") % {"petition": petition}
            yield words, reverse(admin_floods.TRENDS_URL, args=[petition.pk])
    if policy_registry.get_by_type(Update).user_has_permission(user, "add"):
        url_name = Update.snippet_viewset.get_url_name("add")  # type: ignore[attr-defined]
        yield _("Write an update to subscribers"), reverse(url_name)
    for page, permission, url in (
        (admin_find.FindView.page_title, admin_find.MAY_FIND, admin_find.URL_NAME),
        (privacy.EraseView.page_title, privacy.MAY_ERASE, privacy.ERASE_URL),
        (_("Donations"), MAY_SEE, admin_overview.URL_NAME),
        (privacy.AccessLogView.page_title, privacy.MAY_READ_LOG, privacy.LOG_URL),
    ):
        if user.has_perm(permission):  # type: ignore[attr-defined]
            yield page, reverse(url)
    if exports.exports_of(user):
        yield exports.ExportsView.page_title, reverse(exports.URL_NAME)
