"""The admin's pages for exports: what may leave, and for each the choice, the reason and the file."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, cast

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from actions import registry
from actions.exports.definitions import Export
from actions.exports.forms import ExportForm, FileFormat
from actions.exports.leaving import AllBusy
from actions.exports.services import VERB, NothingToExport, Order, let_go
from actions.exports.xlsx_file import MOST_ROWS, TooManyRows
from actions.privacy.models import AccessLog

URL_NAME = "exports"
ONE_URL_NAME = "exports_one"
SHOWN_BEFORE = 10
CONTENT_TYPES = {
    FileFormat.CSV: "text/csv; charset=utf-8",
    FileFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def exports_of(user: Any) -> list[Export]:
    """Return the exports that the user may make."""
    return [export for export in registry.exports() if user.has_perm(export.permission)]


class ExportsView(WagtailAdminTemplateMixin, TemplateView):
    """Everything that the user may export."""

    page_title = _("Exports")
    header_icon = "download"
    template_name = "actions/admin/exports.html"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        allowed = exports_of(self.request.user)
        if not allowed:
            raise PermissionDenied
        links = [(export, reverse(ONE_URL_NAME, args=[export.name])) for export in allowed]
        return {**super().get_context_data(**kwargs), "exports": links}


class ExportView(WagtailAdminTemplateMixin, TemplateView):
    """GET shows the form, POST counts the rows (``intent=count``) or lets the file go."""

    header_icon = "download"
    template_name = "actions/admin/export.html"
    export: Export

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        found = next((export for export in registry.exports() if export.name == kwargs["name"]), None)
        if found is None:
            raise Http404
        if not request.user.has_perm(found.permission):
            raise PermissionDenied
        self.export = found
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self) -> str:
        return str(self.export.label)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        index = {"url": reverse(URL_NAME), "label": ExportsView.page_title}
        return [*self.breadcrumbs_items, index, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        before = AccessLog.objects.filter(verb=VERB, subject__startswith=f"{self.export.name} (")
        return {
            "form": self.export.form_class(),
            **super().get_context_data(**kwargs),
            "export": self.export,
            "before": before[:SHOWN_BEFORE],
        }

    def post(self, request: HttpRequest, name: str) -> HttpResponseBase:
        form = self.export.form_class(request.POST)
        if request.POST.get("intent") == "count":
            return self.count(form.without_reason())
        if not form.is_valid():
            return self.again(form)
        order = Order(
            export=self.export,
            choice=form.cleaned_data,
            file_format=FileFormat(form.cleaned_data["file_format"]),
            reason=form.cleaned_data["reason"],
        )
        try:
            pieces = let_go(order, user=cast("AbstractUser", request.user))
        except NothingToExport:
            form.add_error(None, _("There is nothing that fits this choice, so no file was made."))
        except TooManyRows:
            words = _("An Excel sheet holds at most %(count)d rows, and there are more. Please choose CSV.")
            form.add_error("file_format", words % {"count": MOST_ROWS})
        except AllBusy:
            form.add_error(None, _("Other exports are on their way at this moment. Please try again in a minute."))
            return self.again(form, HTTPStatus.SERVICE_UNAVAILABLE)
        else:
            return download(order, pieces)
        return self.again(form)

    def count(self, form: ExportForm) -> HttpResponse:
        if not form.is_valid():
            return self.again(form)
        number = self.export.measure(form.cleaned_data).count
        counted = ngettext("%(count)d row fits this choice.", "%(count)d rows fit this choice.", number)
        return self.render_to_response(self.get_context_data(form=form, counted=counted % {"count": number}))

    def again(self, form: ExportForm, status: HTTPStatus = HTTPStatus.UNPROCESSABLE_ENTITY) -> HttpResponse:
        """Show the form with what was typed and why nothing left."""
        answer = self.render_to_response(self.get_context_data(form=form), status=status)
        if status == HTTPStatus.SERVICE_UNAVAILABLE:
            answer["Retry-After"] = "60"
        return answer


def download(order: Order, pieces: Any) -> StreamingHttpResponse:
    """Return the answer whose pieces leave as they are made, past every cache and buffer on the way."""
    answer = StreamingHttpResponse(pieces, content_type=CONTENT_TYPES[order.file_format])
    name = f"{order.export.name}-{timezone.localdate()}.{order.file_format}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "private, no-store"
    answer["X-Accel-Buffering"] = "no"  # nginx would put what a slow reader has not fetched yet on its disk, in clear
    return answer


class ExportsItem(MenuItem):
    def __init__(self) -> None:
        super().__init__(ExportsView.page_title, reverse(URL_NAME), name="exports", icon_name="download", order=125)

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(exports_of(request.user))


URLS: list[URLPattern] = [
    path("exports/", ExportsView.as_view(), name=URL_NAME),
    path("exports/<slug:name>/", ExportView.as_view(), name=ONE_URL_NAME),
]
