"""Texts around an action, one per language, and the frozen versions that people acted on."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import StreamValue
from wagtail.fields import RichTextField
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    RevisionMixin,
    TranslatableMixin,
    WorkflowMixin,
)

from actions.wordings.states import Change
from actions.wordings.words import plain_words, rich_words
from home.translations.guarded import PublishedTranslated

# Where a text stands among its languages and versions. It belongs to the text as a whole, never to one revision.
STANDING = ("demand", "changed_at", "acted_before", "text_before")
# What its editor said of the change in a draft; the revision carries it to whoever publishes, now or at a set time.
ANSWER = ("said_change", "said_of", "said_by")


class WordingVersion(models.Model):
    """The exact text that people acted on; never changed and never deleted while an action refers to it.

    ``change`` is how it differs from the version before. Versions of all languages that ask for the same thing share
    the ``demand``: a number that rises with each material change.
    """

    holds_no_personal_data = "published texts of the organisation"

    kind = models.CharField(max_length=60)
    translation_key = models.UUIDField()
    language = models.CharField(max_length=12)
    number = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    content = models.JSONField()
    change = models.CharField(max_length=10, choices=Change.choices, default=Change.FIRST)
    demand = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "translation_key", "language", "number"], name="wording_number")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.language} {self.number}"


class Wording(
    PublishedTranslated,
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    PreviewableMixin,
    TranslatableMixin,
    models.Model,
):
    """Base of PetitionWording, LetterWording, AppealWording: a translatable snippet around a language-neutral record.

    ``version_fields`` are the columns that publishing freezes, ``ask_fields`` those of them that people act on: after
    the first action, whoever changes these says whether it is a typo or a change of what people sign.

    ``demand`` is the newest version's. A live text whose demand is lower than another live one's follows a former text.
    ``changed_at`` (UTC) is when people who had acted were left with an earlier text: ``acted_before`` of them, in all
    languages; ``text_before`` is the number of the version to read.
    """

    holds_no_personal_data = "published texts of the organisation"
    version_fields: ClassVar[tuple[str, ...]] = ()
    ask_fields: ClassVar[tuple[str, ...]] = ()
    material_label: ClassVar[str | Promise] = _("Changes what people sign")

    title = models.CharField(
        _("title"), max_length=160, help_text=_("What readers see first: what is asked, in a few words.")
    )
    demand = models.PositiveIntegerField(default=1, editable=False)
    changed_at = models.DateTimeField(null=True, editable=False)
    acted_before = models.PositiveIntegerField(default=0, editable=False)
    text_before = models.PositiveIntegerField(null=True, editable=False)
    said_change = models.CharField(max_length=10, choices=Change.choices, blank=True, editable=False)
    said_of = models.CharField(max_length=64, blank=True, editable=False)
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", editable=False
    )

    class Meta(TranslatableMixin.Meta):
        abstract = True

    def __str__(self) -> str:
        return f"{self.title} ({self.locale.language_code})"

    @property
    def language(self) -> str:
        return self.locale.language_code

    def frozen_content(self) -> dict[str, Any]:
        """The columns as JSON can hold them: text as it is, a StreamField as its blocks."""
        return {name: _frozen(getattr(self, name)) for name in self.version_fields}

    def content_hash(self) -> str:
        return _hash(self.frozen_content())

    @classmethod
    def ask_in(cls, content: Mapping[str, Any]) -> dict[str, str]:
        """Return what people act on in a frozen content, field by field, as bare words: editors' tools add markup."""
        return {
            name: (rich_words if isinstance(cls._meta.get_field(name), RichTextField) else plain_words)(
                content.get(name, "")
            )
            for name in cls.ask_fields
        }

    def ask(self) -> dict[str, str]:
        return self.ask_in(self.frozen_content())

    def answer_key(self, newest: WordingVersion) -> str:
        """Return what an answer holds for: this ask, compared with this version and no other."""
        return _hash([newest.pk, self.ask()])

    def with_content_json(self, content: Any) -> Any:
        """A revision brings its texts and its editor's answer, not where the text stood when it was written."""
        made = super().with_content_json(content)
        for name in STANDING:
            setattr(made, name, getattr(self, name))
        return made

    @property
    def told_before(self) -> int:
        """How many acted on an earlier text, in full tens: below ten it could point at a person."""
        return self.acted_before // 10 * 10


def _hash(content: Any) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def _frozen(value: Any) -> Any:
    return value.get_prep_value() if isinstance(value, StreamValue) else str(value)
