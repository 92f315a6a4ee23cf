"""The admin's page that copies a letter campaign to the next stage of its bill."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.db import IntegrityError
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.widgets.button import Button
from wagtail.permissions import policy_registry

from actions.letters.admin_campaign_page import CampaignPage
from actions.letters.copying import copy_to_stage, free_slug, next_stage
from actions.letters.models import LetterCampaign, LetterWording
from actions.listing import labelled

URL_NAME = "letters_copy"


class CopyForm(forms.ModelForm):
    class Meta:
        model = LetterCampaign
        fields = ["name", "stage", "slug"]


def may_copy(user: Any) -> bool:
    needed = (LetterCampaign, LetterWording)
    return all(policy_registry.get_by_type(model).user_has_permission(user, "add") for model in needed)


class CopyView(CampaignPage, FormView):
    """GET proposes a name, a stage and a short name; POST makes the copy and opens it for editing."""

    page_title = gettext_lazy("Copy to the next stage")
    header_icon = "copy"
    template_name = "actions/admin/copy.html"
    form_class = CopyForm

    def may_open(self, user: Any) -> bool:
        return may_copy(user)

    def get_initial(self) -> dict[str, str]:
        proposed = LetterCampaign(stage=next_stage(self.letter_campaign))
        name = self.letter_campaign.campaign.name
        if stage := proposed.get_stage_display():
            name = labelled(name, stage)
        slug = free_slug(self.letter_campaign, proposed.stage)
        return {"name": name[:120], "stage": proposed.stage, "slug": slug}

    def form_valid(self, form: CopyForm) -> HttpResponse:
        try:
            made = copy_to_stage(letter_campaign=self.letter_campaign, user=self.request.user, **form.cleaned_data)
        except IntegrityError:  # a second click at the same moment
            form.add_error("slug", _("There is a letter campaign with this short name already."))
            return self.form_invalid(form)
        messages.success(
            self.request, _("Copied, with its texts as drafts. Set its dates, then change and publish the texts.")
        )
        return HttpResponseRedirect(reverse(made.snippet_viewset.get_url_name("edit"), args=[made.pk]))

    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


def listing_button(snippet: Any, user: Any, next_url: str | None = None) -> Iterator[Button]:
    """The way to the page, in the "…" menu of each letter campaign."""
    if isinstance(snippet, LetterCampaign) and may_copy(user):
        yield Button(CopyView.page_title, reverse(URL_NAME, args=[snippet.pk]), icon_name="copy", priority=15)


URLS: list[URLPattern] = [path("letters/<int:pk>/copy/", CopyView.as_view(), name=URL_NAME)]
