"""The admin's pages for whoever answers for people's data: forgetting a person, and who looked at what."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib.auth.models import AbstractUser
from django.db.models import QuerySet
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from actions.privacy.errors import ErasureIncompleteError
from actions.privacy.models import AccessLog
from actions.privacy.services import erase
from actions.staff.columns import LabelledColumn, LabelledNumberColumn
from actions.staff.listing import LeafedView, PermittedItem
from actions.staff.person_form import PersonForm, PersonView

MAY_ERASE = "actions.erase_person"
MAY_READ_LOG = "actions.view_accesslog"
ERASE_URL = "privacy_erase"
LOG_URL = "privacy_access_log"


class EraseForm(PersonForm):
    is_checked = forms.BooleanField(
        label=_("I have made sure that this person asks for it"),
        error_messages={"required": _("Make sure of that first: nothing can be brought back.")},
    )


class EraseView(PersonView):
    """Forgets a mailbox in every room at once; what was on its way is taken back."""

    permission = MAY_ERASE
    form_class = EraseForm
    page_title = _("Forget a person")
    header_icon = "bin"
    template_name = "actions/admin/erase_person.html"

    def answer(self, email: str, reason: str) -> dict[str, Any]:
        try:
            return {"count": erase(email, user=cast("AbstractUser", self.request.user), reason=reason), "failed": 0}
        except ErasureIncompleteError as error:
            return {"count": error.erased, "failed": error.failed}


class AccessLogView(LeafedView):
    permission = MAY_READ_LOG
    page_title = _("Access log")
    header_icon = "history"
    index_url_name = LOG_URL
    template_name = "actions/admin/access_log.html"
    results_template_name = "actions/admin/access_log_results.html"
    verbose_name_plural = AccessLog._meta.verbose_name_plural
    columns = [
        LabelledColumn("pk", label=_("Entry")),
        LabelledColumn(
            "at",
            label=_("When"),
            accessor=lambda row: date_format(timezone.localtime(row.at), "DATETIME_FORMAT"),
            classname="staff-leading",
        ),
        LabelledColumn("username", label=_("Who"), accessor=lambda row: row.username or _("the person, or a program")),
        LabelledColumn("verb", label=_("What")),
        LabelledColumn("subject", label=_("About")),
        LabelledColumn("reason", label=_("Why"), classname="staff-reason"),
        LabelledNumberColumn("count", label=_("Rows")),
    ]

    def get_base_queryset(self) -> QuerySet[AccessLog]:
        return AccessLog.objects.all()


def erase_item() -> PermittedItem:
    return PermittedItem(EraseView.page_title, ERASE_URL, permission=MAY_ERASE, icon_name="bin", order=900)


def log_item() -> PermittedItem:
    return PermittedItem(AccessLogView.page_title, LOG_URL, permission=MAY_READ_LOG, icon_name="history", order=901)


URLS: list[URLPattern] = [
    path("privacy/erase/", EraseView.as_view(), name=ERASE_URL),
    path("privacy/access-log/", AccessLogView.as_view(), name=LOG_URL),
]
