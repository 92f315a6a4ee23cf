"""The admin's page on which a translation is kept as it is although its source has changed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page, TranslatableMixin

from home.languages import own_name
from home.translations.keeping import former_translations, keep, mark_of
from home.translations.missing import translation_of
from home.translations.reason_form import ReasonForm
from home.translations.roles import may_publish
from home.translations.waiting import LIST_URL, edit_url


class KeepForm(ReasonForm):
    seen = forms.CharField(widget=forms.HiddenInput, max_length=40)


class KeepView(WagtailAdminTemplateMixin, FormView):
    """GET shows what is new in the source beside the former translation; POST keeps it."""

    page_title = gettext_lazy("Keep it as it is")
    header_icon = "check"
    template_name = "home/admin/keep_translation.html"
    form_class = KeepForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.record: Any = _record(kwargs["kind"], kwargs["pk"])
        if not may_publish(request.user, self.record):
            raise PermissionDenied
        self.translation: Any = translation_of(self.record)
        if self.translation is None or not self.record.live:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        return str(self.record)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        index = {"url": reverse(LIST_URL), "label": _("Translations")}
        here = {"url": "", "label": self.page_title, "sublabel": self.get_page_subtitle()}
        return [*self.breadcrumbs_items, index, here]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        source = self.translation.source
        about = {
            "entries": former_translations(self.translation),
            "seen": mark_of(source),
            "source_name": own_name(source.locale.language_code),
            "own_name": own_name(self.record.locale.language_code),
            "edit_url": edit_url(type(self.record), self.record.pk),
        }
        return super().get_context_data(**about, **kwargs)

    def form_valid(self, form: KeepForm) -> HttpResponse:
        reason, seen = form.cleaned_data["reason"], form.cleaned_data["seen"]
        if not keep(translation=self.translation, seen=seen, reason=reason, user=self.request.user):
            form.add_error(None, _("Another text was published meanwhile. Compare once more, then decide."))
            return self.form_invalid(form)
        messages.success(self.request, _("Kept as it is. The reason stands in its history."))
        return HttpResponseRedirect(reverse(LIST_URL))

    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


def _record(kind: str, pk: int) -> Any:
    """``kind`` is "page" or the label of a kind of text."""
    if kind == "page":
        return get_object_or_404(Page, pk=pk).specific
    try:
        model = apps.get_model(kind)
    except (LookupError, ValueError) as error:
        raise Http404 from error
    if not issubclass(model, TranslatableMixin) or not hasattr(model, "snippet_viewset"):
        raise Http404
    return get_object_or_404(model, pk=pk)


URLS: list[URLPattern] = [path("translations/<str:kind>/<int:pk>/keep/", KeepView.as_view(), name="translations_keep")]
