"""The three steps of the guided way to a new action, each a form of its own; what was typed goes along with the page.

Only what an action cannot do without is asked here; all else has its place in the editors that follow.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actions.campaigns.models import Campaign
from actions.desk.may_start import NEEDED, Kind, kinds_for, may_add, places_for
from actions.donations.appeal_models import TAKEN_SLUG
from actions.letters.variant_blocks import merge_field_error, subjects_error
from actions.pages import ActionIndexPage
from actions.wordings.stray_fields import stray_field_error
from home.languages import own_name

SLUG_LENGTH = 60


class StepForm(forms.Form):
    """One step; ``heading`` says what it is about, ``groups`` which fields stand together under which words."""

    heading: str | Promise = ""

    def __init__(self, *args: Any, user: Any, chosen: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.chosen = user, chosen
        self.set_up()

    def set_up(self) -> None:
        """What depends on the user and on the kinds that were chosen."""

    def groups(self) -> list[tuple[Any, list[Any]]]:
        return [("", [self[name] for name in self.fields])]

    def refuse_stray_fields(self, names: Iterable[str]) -> None:
        """The texts that are made refuse fields in braces; said here, it stands beside what was typed."""
        for name in names:
            if error := stray_field_error(str(self.cleaned_data.get(name) or "")):
                self.add_error(name, error)


class PurposeForm(StepForm):
    heading = gettext_lazy("What and what for")

    kinds = forms.MultipleChoiceField(
        label=gettext_lazy("What people can do"),
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("One or several: they stand on one page, the first one as its card."),
        error_messages={"required": gettext_lazy("Choose at least one.")},
    )
    campaign = forms.ModelChoiceField(
        label=gettext_lazy("Campaign"),
        queryset=Campaign.objects.order_by("name"),
        required=False,
        empty_label=gettext_lazy("A new one, named below"),
        help_text=gettext_lazy("The political goal. Letters, petitions and gifts for the same goal share one."),
    )
    new_campaign = forms.CharField(
        label=gettext_lazy("Name of the new campaign"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("Only staff see it, such as: Safe harbour. Leave it empty when you chose one above."),
    )

    def set_up(self) -> None:
        kinds, campaign = cast(Any, self.fields["kinds"]), cast(Any, self.fields["campaign"])
        kinds.choices = [(kind.value, kind.label) for kind in kinds_for(self.user)]
        if not may_add(self.user, Campaign):
            del self.fields["new_campaign"]
            campaign.empty_label = "---"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        chosen, named = cleaned.get("campaign"), (cleaned.get("new_campaign") or "").strip()
        if "campaign" not in self.errors and "new_campaign" not in self.errors and bool(chosen) == bool(named):
            at = "new_campaign" if "new_campaign" in self.fields else "campaign"
            self.add_error(at, _("Choose a campaign, or name a new one; not both."))
        return cleaned


class PageForm(StepForm):
    heading = gettext_lazy("The page")

    place = forms.ModelChoiceField(
        label=gettext_lazy("Language and place"),
        queryset=ActionIndexPage.objects.none(),
        empty_label=None,
        help_text=gettext_lazy("In which language you write first. It is translated afterwards."),
    )
    title = forms.CharField(
        label=gettext_lazy("Title"),
        max_length=120,
        help_text=gettext_lazy("What readers see first: what is asked, in a few words."),
    )
    slug = forms.SlugField(
        label=gettext_lazy("Short name in the address"),
        max_length=SLUG_LENGTH,
        required=False,
        error_messages={"invalid": gettext_lazy("Only Latin letters, digits and hyphens, without blanks.")},
        help_text=gettext_lazy(
            "Small letters, digits and hyphens, the same in all languages. Empty: made from the title. Choose it well: "
            "when it is changed later, links that are out already break."
        ),
    )
    introduction = forms.CharField(
        label=gettext_lazy("Introduction"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Two or three sentences: what is happening, what can be done."),
    )
    closes_on = forms.DateField(
        label=gettext_lazy("Open until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("The last day on which people can take part. Empty: no end yet; you can set one later."),
    )

    def set_up(self) -> None:
        places = places_for(self.user)
        field = cast(Any, self.fields["place"])
        field.queryset = ActionIndexPage.objects.filter(pk__in=[place.pk for place in places]).order_by("path")
        field.label_from_instance = lambda place: f"{own_name(place.locale.language_code)} / {place.title}"
        if places and not self.is_bound:
            self.initial.setdefault("place", places[0].pk)

    def clean_closes_on(self) -> Any:
        day = self.cleaned_data["closes_on"]
        if day and day < timezone.localdate():
            raise ValidationError(_("This day is over. Choose one that is to come."))
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self.refuse_stray_fields(["title"])
        if "slug" not in self.errors and "title" in cleaned:
            slug = cleaned.get("slug") or slugify(cleaned["title"])[:SLUG_LENGTH].strip("-")
            cleaned["slug"] = slug
            if error := self._slug_error(slug, cleaned.get("place")):
                self.add_error("slug", error)
        return cleaned

    def _slug_error(self, slug: str, place: ActionIndexPage | None) -> str:
        """One short name for the page and for each action's own page, so all of them must be free."""
        if not slug:
            return _("No short name can be made from this title. Please type one in small letters.")
        if Kind.DONATION in self.chosen and slug == TAKEN_SLUG:
            return _("This name is taken by the donors’ own page.")
        records = (NEEDED[kind][0] for kind in self.chosen if kind in NEEDED)
        is_taken = any(model._default_manager.filter(slug=slug).exists() for model in records)
        if is_taken or (place is not None and place.get_children().filter(slug=slug).exists()):
            return _("Another action has this short name already. Please choose another.")
        return ""


PARAGRAPHS = gettext_lazy("A blank line begins a new paragraph. Links and bold type come in the editor.")
FIELDS_OF = {
    Kind.LETTER: ("letter_introduction", "letter_subjects", "letter_body"),
    Kind.PETITION: ("petition_target", "petition_text", "petition_goal"),
    Kind.DONATION: ("donation_text",),
}
FILLED_IN_NOWHERE = ("letter_introduction", "petition_target", "petition_text", "donation_text")


def _text(label: Any, help_text: Any, rows: int = 4) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=5000, widget=forms.Textarea(attrs={"rows": rows}), help_text=help_text
    )


class WordsForm(StepForm):
    heading = gettext_lazy("The words")

    letter_introduction = _text(gettext_lazy("Why a letter helps now"), PARAGRAPHS, rows=3)
    letter_subjects = forms.CharField(
        label=gettext_lazy("Subject lines"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("One per line, up to five. Each supporter is offered one of them."),
    )
    letter_body = forms.CharField(
        label=gettext_lazy("Text of the letter"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=gettext_lazy(
            "Without greeting, closing and signature: they are added, and where the writer lives. You may use "
            "{mp_name}, {riding}, {province}, {bill_number} and {bill_title}."
        ),
    )
    petition_target = forms.CharField(
        label=gettext_lazy("Addressed to"),
        max_length=160,
        help_text=gettext_lazy("Such as: the Minister of Immigration. Shown above the text."),
    )
    petition_text = _text(gettext_lazy("What people sign"), PARAGRAPHS)
    petition_goal = forms.IntegerField(
        label=gettext_lazy("First goal"),
        initial=500,
        validators=[MinValueValidator(10), MaxValueValidator(10_000_000)],
        help_text=gettext_lazy("How many signatures. Once it is reached, the bar shows the next goal."),
    )
    donation_text = _text(gettext_lazy("What the money is for"), PARAGRAPHS)

    def set_up(self) -> None:
        for kind, names in FIELDS_OF.items():
            if kind not in self.chosen:
                for name in names:
                    del self.fields[name]

    def groups(self) -> list[tuple[Any, list[Any]]]:
        return [(kind.label, [self[name] for name in FIELDS_OF[kind]]) for kind in Kind if kind in self.chosen]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self.refuse_stray_fields(FILLED_IN_NOWHERE)
        return cleaned

    def clean_letter_subjects(self) -> str:
        return self._checked("letter_subjects", subjects_error)

    def clean_letter_body(self) -> str:
        return self._checked("letter_body", merge_field_error)

    def _checked(self, name: str, check: Any) -> str:
        text: str = self.cleaned_data[name]
        if error := check(text):
            raise error
        return text


STEPS: tuple[type[StepForm], ...] = (PurposeForm, PageForm, WordsForm)
