"""The admin's page to look for the signatures of one address: with a reason, on record, and without showing anybody."""

from __future__ import annotations

from typing import Any

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Table

from actions.petitions.finding import MAY_FIND, look_up
from actions.petitions.signature_columns import all_columns
from actions.staff.listing import PermittedItem
from actions.staff.person_form import PersonView

URL_NAME = "petitions_find"


class FindView(PersonView):
    permission = MAY_FIND
    page_title = _("Find a signature")
    header_icon = "search"
    template_name = "actions/admin/find_signature.html"

    def answer(self, email: str, reason: str) -> dict[str, Any]:
        found = look_up(email=email, reason=reason, user=self.request.user)
        return {"table": Table(all_columns(), found) if found else None, "count": len(found)}


def menu_item() -> PermittedItem:
    return PermittedItem(FindView.page_title, URL_NAME, permission=MAY_FIND, icon_name="search", order=103)


URLS: list[URLPattern] = [path("signatures/find/", FindView.as_view(), name=URL_NAME)]
