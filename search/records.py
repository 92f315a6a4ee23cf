"""The actions that have an address of their own, and how their texts are found."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext, gettext_noop
from wagtail.models import Page, ReferenceIndex

from actions.donations.models import Appeal, AppealWording
from actions.letters.models import LetterCampaign, LetterWording
from actions.petitions.models import Petition, PetitionWording
from actions.wordings.models import Wording


@dataclass(frozen=True)
class Kind:
    """A kind of action: the model of its texts, the texts' field for the record, and the name of its address.

    ``call`` is what the page asks for: people look for "petition", and few texts of petitions have the word.
    ``for_some`` are fields of the text that only some visitors are shown.
    """

    model: type[Wording]
    record_model: type
    field: str
    url_name: str
    call: str
    for_some: frozenset[str] = frozenset()

    @property
    def content_type(self) -> ContentType:
        return ContentType.objects.get_for_model(self.record_model)

    def record_id(self, wording: Wording) -> int:
        return int(getattr(wording, f"{self.field}_id"))

    def live_wordings(self, record: int, language: str) -> list[Wording]:
        return list(
            self.model.objects.filter(live=True, locale__language_code=language, **{f"{self.field}_id": record})
        )

    def call_in(self, language: str) -> str:
        with translation.override(language):
            return gettext(self.call)

    def path(self, wording: Wording) -> str:
        with translation.override(wording.language):
            return reverse(self.url_name, args=[getattr(wording, self.field).slug])


KINDS = (
    Kind(PetitionWording, Petition, "petition", "actions:petition", gettext_noop("Sign the petition")),
    Kind(
        LetterWording,
        LetterCampaign,
        "letter_campaign",
        "actions:letter",
        gettext_noop("Write to your MP"),
        for_some=frozenset({"variants"}),
    ),
    Kind(AppealWording, Appeal, "appeal", "actions:donate", gettext_noop("Donate")),
)


def wordings_on(page: Page) -> list[Wording]:
    """The texts, in the page's language, of the actions that stand on it, as Wagtail notes them when it is saved."""
    kinds = {kind.content_type.pk: kind for kind in KINDS}
    found = ReferenceIndex.get_references_for_object(page).filter(to_content_type__in=kinds).order_by("pk")
    pairs = dict.fromkeys(found.values_list("to_content_type", "to_object_id"))
    language = page.locale.language_code
    return [one for kind, record in pairs for one in kinds[kind].live_wordings(int(record), language)]


def kind_of(wording: Wording) -> Kind:
    return next(kind for kind in KINDS if isinstance(wording, kind.model))
