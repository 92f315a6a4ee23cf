"""The admin's page on which a text that follows a former text is kept as it is, with a reason for the history."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
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
from wagtail.admin.widgets.button import Button
from wagtail.permissions import policy_registry

from actions.wordings.former import wording_models
from actions.wordings.keeping import keep, newest_live
from actions.wordings.models import Wording
from home.languages import own_name
from home.translations.reason_form import ReasonForm

URL_NAME = "wordings_keep"


class KeepForm(ReasonForm):
    seen = forms.IntegerField(widget=forms.HiddenInput)


def may_keep(user: Any, model: type[Wording]) -> bool:
    """Whoever may publish the text."""
    return bool(policy_registry.get_by_type(model).user_has_permission(user, "publish"))


def keep_url(wording: Wording) -> str:
    return reverse(URL_NAME, args=[wording._meta.model_name, wording.pk])


class KeepView(WagtailAdminTemplateMixin, FormView):
    """GET shows the newest text beside this one; POST keeps it, unless another one was published meanwhile."""

    page_title = gettext_lazy("Keep it as it is")
    header_icon = "check"
    template_name = "actions/admin/keep.html"
    form_class = KeepForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        model = {found._meta.model_name: found for found in wording_models()}.get(kwargs["model"])
        if model is None:
            raise Http404
        if not may_keep(request.user, model):
            raise PermissionDenied
        self.wording: Any = get_object_or_404(model._default_manager.select_related("locale"), pk=kwargs["pk"])
        self.newest: Any = newest_live(self.wording)
        if self.newest is None:
            messages.info(request, _("This text is up to date."))
            return HttpResponseRedirect(self.list_url)
        return super().dispatch(request, *args, **kwargs)

    @property
    def list_url(self) -> str:
        return reverse(self.wording.snippet_viewset.get_url_name("list"))

    def get_page_subtitle(self) -> str:
        return str(self.wording)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        index = {"url": self.list_url, "label": str(self.wording.snippet_viewset.menu_label)}
        here = {"url": "", "label": self.page_title, "sublabel": self.get_page_subtitle()}
        return [*self.breadcrumbs_items, index, here]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        texts = [(own_name(text.language), text.language, text.ask()) for text in (self.newest, self.wording)]
        seen = {"seen": self.newest.demand}
        return super().get_context_data(texts=texts, **seen, **kwargs)

    def form_valid(self, form: KeepForm) -> HttpResponse:
        reason, seen = form.cleaned_data["reason"], form.cleaned_data["seen"]
        if not keep(wording=self.wording, seen_demand=seen, reason=reason, user=self.request.user):
            form.add_error(None, _("Another text was published meanwhile. Compare once more, then decide."))
            return self.form_invalid(form)
        messages.success(self.request, _("Kept as it is. The reason stands in its history."))
        return HttpResponseRedirect(self.list_url)

    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


def listing_button(snippet: Any, user: Any, next_url: str | None = None) -> Iterator[Button]:
    """The way to the page, in the "…" menu of a text that follows a former one."""
    is_behind = isinstance(snippet, Wording) and snippet.live and getattr(snippet, "newest_demand", 0) > snippet.demand
    if is_behind and may_keep(user, type(snippet)):
        yield Button(KeepView.page_title, keep_url(snippet), icon_name="check", priority=15)


URLS: list[URLPattern] = [path("texts/<slug:model>/<int:pk>/keep/", KeepView.as_view(), name=URL_NAME)]
