"""The admin's page that copies an action with its texts to drafts; each room says how its own is copied."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import Button
from wagtail.permissions import policy_registry

from actions.wordings.copying import first_free
from home.languages import own_name

LONGEST_NAME = 100  # of 120, so that there is room for "(copy)"


class CopyActionView(WagtailAdminTemplateMixin, FormView):
    """GET proposes a name and a short name; POST makes the copy and opens it for editing."""

    page_title = gettext_lazy("Copy to a draft")
    header_icon = "copy"
    template_name = "actions/admin/copy_action.html"
    url_name: ClassVar[str]
    model: ClassVar[type[models.Model]]
    text_model: ClassVar[type[models.Model]]
    copy: ClassVar[Callable[..., Any]]

    @classmethod
    def may_copy(cls, user: Any) -> bool:
        models_made = (cls.model, cls.text_model)
        return all(policy_registry.get_by_type(model).user_has_permission(user, "add") for model in models_made)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.may_copy(request.user):
            raise PermissionDenied
        self.source: Any = get_object_or_404(self.model, pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get_form_class(self) -> type[forms.ModelForm]:
        return forms.modelform_factory(self.model, fields=["name", "slug"])

    def get_form_kwargs(self) -> dict[str, Any]:
        """The record's other rules are not the form's business: what is copied has passed them."""
        return {**super().get_form_kwargs(), "instance": self.model(**self._required())}

    def _required(self) -> dict[str, Any]:
        names = [field.name for field in self.model._meta.fields if field.is_relation and not field.blank]
        return {name: getattr(self.source, name) for name in names}

    def get_initial(self) -> dict[str, str]:
        name = _("%(name)s (copy)") % {"name": self.source.name[:LONGEST_NAME]}
        return {"name": name, "slug": first_free(self.model, self.source.slug)}

    def get_page_subtitle(self) -> str:
        return str(self.source)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        viewset = self.model.snippet_viewset  # type: ignore[attr-defined]
        index = {"url": reverse(viewset.get_url_name("list")), "label": str(viewset.menu_label)}
        here = {"url": "", "label": self.page_title, "sublabel": self.get_page_subtitle()}
        return [*self.breadcrumbs_items, index, here]

    def form_valid(self, form: Any) -> HttpResponse:
        name, slug = form.cleaned_data["name"], form.cleaned_data["slug"]
        try:
            made = type(self).copy(source=self.source, name=name, slug=slug, user=self.request.user)
        except IntegrityError:  # a second click at the same moment
            form.add_error("slug", _("Another action has this short name already. Please choose another."))
            return self.form_invalid(form)
        messages.success(
            self.request,
            _("Copied, with its texts as drafts. Set its dates, then change and publish the texts."),
            buttons=[self.button_to(text) for text in made.wordings.select_related("locale").order_by("locale_id")],
        )
        return HttpResponseRedirect(reverse(made.snippet_viewset.get_url_name("edit"), args=[made.pk]))

    def button_to(self, text: Any) -> Any:
        """The way to one of the texts, named by its language."""
        url = reverse(text.snippet_viewset.get_url_name("edit"), args=[text.pk])
        return messages.button(url, own_name(text.locale.language_code))

    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)

    @classmethod
    def listing_button(cls, snippet: Any, user: Any, next_url: str | None = None) -> Iterator[Button]:
        """The way to the page, in the "…" menu of each record."""
        if isinstance(snippet, cls.model) and cls.may_copy(user):
            yield Button(cls.page_title, reverse(cls.url_name, args=[snippet.pk]), icon_name="copy", priority=15)
