"""The admin's page to look for the signatures of one address: with a reason, on record, and without showing anybody.

A POST that answers at once: neither the address nor what was found is in the page's own address, in a log or a session.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import TemplateView
from wagtail.admin.ui.tables import Table
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from actions.petitions.finding import MAY_FIND, look_up
from actions.petitions.signature_columns import all_columns
from actions.protection.person_fields import EmailAddressField, OneLineField
from actions.staff.listing import PermittedItem

URL_NAME = "petitions_find"
SHORTEST_REASON, LONGEST_REASON = 5, 200


class ReasonField(OneLineField):
    """Why somebody looks; it stays in the access log for good, so it may not hold the address."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Why you look"),
            min_length=SHORTEST_REASON,
            max_length=LONGEST_REASON,
            help_text=_("Such as: request of 3 May. It stays in the access log for good: no name and no address here."),
        )

    def clean(self, value: Any) -> str:
        reason: str = super().clean(value)
        if "@" in reason or "＠" in reason:
            raise ValidationError(_("Leave the address out: the access log is kept for good."), code="address")
        return reason


class FindForm(forms.Form):
    email = EmailAddressField()
    reason = ReasonField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("E-mail address of the person")
        self.fields["email"].widget.attrs["autocomplete"] = "off"


class FindView(WagtailAdminTemplateMixin, TemplateView):
    page_title = _("Find a signature")
    header_icon = "search"
    template_name = "actions/admin/find_signature.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm(MAY_FIND):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        context.setdefault("form", FindForm())
        return context

    def post(self, request: HttpRequest) -> HttpResponse:
        form = FindForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        found = look_up(email=form.cleaned_data["email"], reason=form.cleaned_data["reason"], user=request.user)
        table = Table(all_columns(), found) if found else None
        return self.render_to_response(self.get_context_data(is_answer=True, table=table, count=len(found)))


def menu_item() -> PermittedItem:
    return PermittedItem(FindView.page_title, URL_NAME, permission=MAY_FIND, icon_name="search", order=103)


VIEW = never_cache(sensitive_post_parameters()(FindView.as_view()))
URLS: list[URLPattern] = [path("signatures/find/", VIEW, name=URL_NAME)]
