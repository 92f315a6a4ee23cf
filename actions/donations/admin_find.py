"""The admin's page to look for the gifts of one address: with a reason, on record, and without showing anybody."""

from __future__ import annotations

from typing import Any

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Table

from actions.donations.admin_donations import all_columns
from actions.donations.admin_page import MAY_SEE
from actions.donations.donation_models import PERSONAL_COLUMNS
from actions.donations.donors import gifts_of
from actions.privacy.access import record_access
from actions.staff.listing import PermittedItem
from actions.staff.person_form import PersonView

URL_NAME = "donations_find"
VERB = "find-donor"
MOST = 200


class FindView(PersonView):
    permission = MAY_SEE
    page_title = _("Find a donor")
    header_icon = "search"
    template_name = "actions/admin/find_donor.html"

    def answer(self, email: str, reason: str) -> dict[str, Any]:
        """What was looked for is not put on record, only that it was, why and how much was found."""
        rows = gifts_of(email).select_related("appeal").defer(*PERSONAL_COLUMNS).order_by("-created_at", "-pk")
        found = list(rows[:MOST])
        record_access(user=self.request.user, verb=VERB, subject="donations", reason=reason, count=len(found))
        return {"table": Table(all_columns(), found) if found else None, "count": len(found)}


def menu_item() -> PermittedItem:
    return PermittedItem(FindView.page_title, URL_NAME, permission=MAY_SEE, icon_name="search", order=50)


URLS: list[URLPattern] = [path("donations/find/", FindView.as_view(), name=URL_NAME)]
