"""Where staff send themselves a test letter: one form on a page of its own, for each letter campaign."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from django import forms
from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.widgets.button import Button

from actions.letters.admin_campaign_page import CampaignPage
from actions.letters.admin_steering import AttributeSelect
from actions.letters.admin_stop import may_switch
from actions.letters.attributes import attribute_choices
from actions.letters.compose import LETTER_LANGUAGES
from actions.letters.models import LetterCampaign, LetterWording
from actions.letters.trial import NoTrial, Trial, content_of, send_trial, why_not
from actions.representatives.models import Riding

URL_NAME = "letters_trial"
LANGUAGE_NAMES = {"en": gettext_lazy("English"), "fr": gettext_lazy("French")}


def texts_of(letter_campaign: LetterCampaign) -> dict[str, tuple[Any, LetterWording, bool]]:
    """Return what can be tried, by the value of its option: (label, wording, is draft)."""
    found: dict[str, tuple[Any, LetterWording, bool]] = {}
    for wording in letter_campaign.wordings.select_related("locale").order_by("locale__language_code"):
        name = LANGUAGE_NAMES.get(wording.language)
        if wording.language in LETTER_LANGUAGES and wording.live:
            found[wording.language] = (_("%(language)s, as published") % {"language": name}, wording, False)
        has_draft = wording.latest_revision_id and (wording.has_unpublished_changes or not wording.live)
        if wording.language in LETTER_LANGUAGES and has_draft:
            found[f"{wording.language}-draft"] = (_("%(language)s, the draft") % {"language": name}, wording, True)
    return found


class TrialForm(forms.Form):
    text = forms.ChoiceField(label=gettext_lazy("Text"))
    riding = forms.ModelChoiceField(
        Riding.objects.order_by("name_en"),
        label=gettext_lazy("As if from this riding"),
        required=False,
        help_text=gettext_lazy("To whom the letter would go from there now, with the text that fits them."),
    )
    attribute = forms.ChoiceField(
        label=gettext_lazy("Or the text for everybody who"),
        required=False,
        widget=AttributeSelect,
        choices=lambda: [("", gettext_lazy("Choose")), *attribute_choices()],
    )

    def __init__(self, *args: Any, texts: dict[str, tuple[Any, LetterWording, bool]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].choices = [(value, label) for value, (label, _wording, _draft) in texts.items()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and bool(cleaned.get("riding")) == bool(cleaned.get("attribute")):
            raise ValidationError(_("Choose a riding, or whom the text is for: one of the two."))
        return cleaned


class TrialView(CampaignPage, FormView):
    """GET shows the form; POST sends one mail, to the account's own address."""

    page_title = gettext_lazy("Send a test letter to yourself")
    header_icon = "mail"
    template_name = "actions/admin/trial.html"
    form_class = TrialForm

    def may_open(self, user: Any) -> bool:
        return may_switch(user)

    @cached_property
    def texts(self) -> dict[str, tuple[Any, LetterWording, bool]]:
        return texts_of(self.letter_campaign)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "texts": self.texts}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return {**context, "refusal": self.refusal(), "address": self.staff.email}

    @property
    def staff(self) -> AbstractUser:
        return cast("AbstractUser", self.request.user)  # dispatch lets nobody else in

    def refusal(self) -> str:
        if not self.texts:
            return _("There is no English or French text yet.")
        return why_not(self.staff)

    def form_valid(self, form: TrialForm) -> HttpResponse:
        chosen = form.cleaned_data
        _label, wording, is_draft = self.texts[chosen["text"]]
        trial = Trial(
            self.letter_campaign,
            content_of(wording, is_draft=is_draft),
            wording.language,
            riding=chosen["riding"],
            attribute=chosen["attribute"],
        )
        try:
            address = send_trial(trial, user=self.staff)
        except NoTrial as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        messages.success(self.request, _("The test letter is on its way to %(address)s.") % {"address": address})
        return HttpResponseRedirect(self.request.path)

    def form_invalid(self, form: TrialForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


def listing_button(snippet: Any, user: Any, next_url: str | None = None) -> Iterator[Button]:
    """The way to the page, in the "…" menu of each letter campaign."""
    if isinstance(snippet, LetterCampaign) and may_switch(user):
        yield Button(TrialView.page_title, reverse(URL_NAME, args=[snippet.pk]), icon_name="mail", priority=6)


URLS: list[URLPattern] = [path("letters/<int:pk>/test/", TrialView.as_view(), name=URL_NAME)]
