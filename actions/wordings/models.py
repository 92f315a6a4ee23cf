"""Texts around an action, one per language, and the frozen versions that people acted on."""

from __future__ import annotations

import hashlib
import json
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import StreamValue
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    RevisionMixin,
    TranslatableMixin,
    WorkflowMixin,
)

from actions.wordings.untranslated import missing_entries, refusal


class WordingVersion(models.Model):
    """The exact text that people acted on; never changed and never deleted while an action refers to it."""

    holds_no_personal_data = "published texts of the organisation"

    kind = models.CharField(max_length=60)
    translation_key = models.UUIDField()
    language = models.CharField(max_length=12)
    number = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    content = models.JSONField()
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "translation_key", "language", "number"], name="wording_number")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.language} {self.number}"


class Wording(
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    PreviewableMixin,
    TranslatableMixin,
    models.Model,
):
    """Base of PetitionWording, LetterWording, AppealWording: a translatable snippet around a language-neutral record.

    ``version_fields`` are the columns that make up what a person acts on; publishing freezes them.
    """

    holds_no_personal_data = "published texts of the organisation"
    version_fields: ClassVar[tuple[str, ...]] = ()

    title = models.CharField(_("title"), max_length=160)

    class Meta(TranslatableMixin.Meta):
        abstract = True

    def __str__(self) -> str:
        return f"{self.title} ({self.locale.language_code})"

    def clean(self) -> None:
        super().clean()
        if self.live and (count := missing_entries(self)):
            raise ValidationError(refusal(count))

    @property
    def language(self) -> str:
        return self.locale.language_code

    def frozen_content(self) -> dict[str, Any]:
        """The columns as JSON can hold them: text as it is, a StreamField as its blocks."""
        return {name: _frozen(getattr(self, name)) for name in self.version_fields}

    def content_hash(self) -> str:
        return hashlib.sha256(json.dumps(self.frozen_content(), sort_keys=True).encode()).hexdigest()


def _frozen(value: Any) -> Any:
    return value.get_prep_value() if isinstance(value, StreamValue) else str(value)
