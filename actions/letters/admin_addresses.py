"""The admin's page "Addresses that do not work": whose they are, how many letters wait, and the way to send again."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.core.exceptions import BadRequest, PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.middleware.csrf import get_token
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.permissions import policy_registry

from actions.letters.waiting_for_address import say_it_works, waiting_counts
from actions.representatives.address_trouble import AddressTrouble
from actions.representatives.dead_addresses import holders, open_troubles
from actions.representatives.models import Recipient, Representative

URL_NAME = "dead_addresses"


def may_mend(user: Any) -> bool:
    """Whoever may correct a member's address may say that it works."""
    return bool(policy_registry.get_by_type(Representative).user_has_permission(user, "change"))


def edit_url(person: Representative | Recipient) -> str:
    return reverse(type(person).snippet_viewset.get_url_name("edit"), args=[person.pk])  # type: ignore[union-attr]


class WhoColumn(Column):
    """Those who are reached at the address, each with the way to the form where it is corrected."""

    cell_template_name = "actions/admin/people_cell.html"

    def __init__(self, people: dict[str, list[Representative | Recipient]], **kwargs: Any) -> None:
        super().__init__("who", label=gettext_lazy("Who"), **kwargs)
        self.people = people

    def get_value(self, instance: AddressTrouble) -> list[tuple[str, str]]:
        return [(str(person), edit_url(person)) for person in self.people.get(instance.address, ())]


class WorksColumn(Column):
    """The button that says: it works, send again."""

    cell_template_name = "actions/admin/address_works_cell.html"

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        context = super().get_cell_context_data(instance, parent_context)
        context["csrf_token"] = get_token(parent_context["request"])
        return context


class DeadAddressesView(BaseListingView):
    page_title = gettext_lazy("Addresses that do not work")
    header_icon = "mail"
    index_url_name = URL_NAME
    template_name = "actions/admin/dead_addresses.html"
    results_template_name = "actions/admin/letters_to_decide_results.html"
    paginate_by = 50

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_mend(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_base_queryset(self) -> QuerySet[AddressTrouble]:
        return open_troubles()

    @cached_property
    def columns(self) -> list[Column]:
        addresses = list(open_troubles().values_list("address", flat=True))
        waiting = waiting_counts(addresses)
        return [
            Column("address", label=gettext_lazy("Address")),
            WhoColumn(holders(addresses)),
            Column("waiting", label=gettext_lazy("Letters that wait"), accessor=partial(_waiting_for, waiting)),
            Column("status", label=gettext_lazy("Status code")),
            Column("count", label=gettext_lazy("Times")),
            DateColumn("first_seen_at", label=gettext_lazy("Since")),
            DateColumn("last_seen_at", label=gettext_lazy("Last")),
            WorksColumn("works", label=gettext_lazy("Decision")),
        ]

    def post(self, request: HttpRequest) -> HttpResponse:
        try:
            is_new = say_it_works(trouble_id=int(request.POST.get("address", "")), user=request.user)
        except (ValueError, OverflowError, AddressTrouble.DoesNotExist) as error:
            raise BadRequest from error
        if is_new:
            messages.success(request, _("Letters to this address leave again, and people can write to it."))
        else:
            messages.warning(request, _("Nothing was changed: somebody did that already."))
        return HttpResponseRedirect(request.get_full_path())


def _waiting_for(waiting: dict[str, int], row: AddressTrouble) -> int:
    return waiting.get(row.address, 0)


URLS: list[URLPattern] = [path("letters/addresses/", DeadAddressesView.as_view(), name=URL_NAME)]
