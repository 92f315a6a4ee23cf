"""The admin's page on which a translated page is made as public, or as private, as its original.

For whoever was told that the two differ; every other choice is under “Change privacy” in the editor.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page

from home.languages import own_name
from home.translations.restrictions import READERS_URL, adopt, original_of, who_may_read
from home.translations.waiting import LIST_URL, edit_url


class ReadersView(WagtailAdminTemplateMixin, TemplateView):
    """GET says who may read the two; POST makes the translation like its original, for who may change it at all."""

    page_title = gettext_lazy("Who may read it")
    header_icon = "view"
    template_name = "home/admin/who_may_read.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.page = get_object_or_404(Page, pk=kwargs["pk"]).specific
        if not self.page.permissions_for_user(request.user).can_set_view_restrictions():
            raise PermissionDenied
        self.original: Any = original_of(self.page)
        if self.original is None:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        return str(self.page)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        index = {"url": reverse(LIST_URL), "label": _("Translations")}
        here = {"url": "", "label": self.page_title, "sublabel": self.get_page_subtitle()}
        return [*self.breadcrumbs_items, index, here]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        about = {
            "rows": [(own_name(one.locale.language_code), _rule(one)) for one in (self.original, self.page)],
            "edit_url": edit_url(type(self.page), self.page.pk),
        }
        return super().get_context_data(**about, **kwargs)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        adopt(original=self.original, page=self.page, user=request.user)
        messages.success(request, who_may_read(self.page) or _("Everybody may read this page, as its original."))
        return HttpResponseRedirect(edit_url(type(self.page), self.page.pk))


def _rule(page: Page) -> str:
    rule = page.get_view_restrictions().order_by("-page__depth").first()
    return str(rule.get_restriction_type_display()) if rule else _("Everybody")


URLS: list[URLPattern] = [path("translations/page/<int:pk>/readers/", ReadersView.as_view(), name=READERS_URL)]
