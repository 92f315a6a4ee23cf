"""A form that asks staff for one person's address, and why."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from actions.privacy.access import check_reason
from actions.protection.person_fields import EmailAddressField, OneLineField

SHORTEST_REASON, LONGEST_REASON = 5, 200


class ReasonField(OneLineField):
    """Why somebody looks; it stays in the access log for good, so it may not hold the address."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Why"),
            min_length=SHORTEST_REASON,
            max_length=LONGEST_REASON,
            help_text=_("Such as: request of 3 May. It stays in the access log for good: no name and no address here."),
            validators=[check_reason],
        )


class PersonForm(forms.Form):
    email = EmailAddressField()
    reason = ReasonField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("E-mail address of the person")
        self.fields["email"].widget.attrs["autocomplete"] = "off"


@method_decorator([never_cache, sensitive_post_parameters()], name="dispatch")
class PersonView(WagtailAdminTemplateMixin, TemplateView):
    """A POST that answers at once: neither address nor answer is in the page's own address, in a log or a session."""

    permission: str
    form_class: type[PersonForm] = PersonForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm(self.permission):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {"form": self.form_class(), **super().get_context_data(**kwargs)}

    def post(self, request: HttpRequest) -> HttpResponse:
        form = self.form_class(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        answer = self.answer(form.cleaned_data["email"], form.cleaned_data["reason"])
        return self.render_to_response(self.get_context_data(is_answer=True, **answer))

    def answer(self, email: str, reason: str) -> dict[str, Any]:
        """Do what was asked, on record, and return what the page says about it."""
        raise NotImplementedError
