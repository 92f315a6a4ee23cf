"""Copying the texts of a record to another one as drafts, and finding a short name for that one."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from django.db import models
from wagtail.log_actions import log
from wagtail.models import DraftStateMixin, LockableMixin, RevisionMixin, WorkflowMixin

from actions.wordings.models import ANSWER, STANDING
from home.translations.guarded import draft_words_left

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

LONGEST_SLUG = 56  # of 60, so that there is room for a number
# A text starts its life anew as a draft, in a set of translations of its own.
HISTORY = {
    field.name
    for mixin in (DraftStateMixin, LockableMixin, RevisionMixin, WorkflowMixin)
    for field in mixin._meta.fields
} | {"id", "translation_key", *STANDING, *ANSWER}


def copy_texts(
    source: Any,
    made: Any,
    *,
    link: str,
    user: AbstractBaseUser | AnonymousUser | None,
    leaving_out: Collection[str] = (),
) -> None:
    """Make drafts of the newest texts of ``source`` in all languages; ``link`` is their field that names the record.

    A translation that is not finished is left out: its copy would be a text of its own, with words of the original.
    ``leaving_out`` are fields that begin empty. Within the caller's transaction.
    """
    key, skipped = uuid.uuid4(), HISTORY | {link, *leaving_out}
    for wording in source.wordings.select_related("locale").order_by("pk"):
        if draft_words_left(wording):
            continue
        newest = wording.get_latest_revision_as_object()
        texts = {field.name: getattr(newest, field.name) for field in newest._meta.fields if field.name not in skipped}
        draft = type(wording)(**texts, **{link: made}, translation_key=key, live=False)
        draft.save()
        log(draft, "wagtail.create", user=user)
        draft.save_revision(user=user)


def copy_record(source: Any, *, name: str, slug: str, leaving_out: Collection[str]) -> Any:
    """Return an unsaved record with the settings of ``source``, another name and the defaults of what is left out."""
    fields = [field for field in source._meta.fields if field.name not in {"id", "name", "slug", *leaving_out}]
    return type(source)(**{field.name: getattr(source, field.name) for field in fields}, name=name, slug=slug)


def first_free(model: type[models.Model], base: str) -> str:
    """Return ``base``, with a number when the model has it as a short name already."""
    base = base[:LONGEST_SLUG].rstrip("-")
    taken = set(model._default_manager.filter(slug__startswith=base).values_list("slug", flat=True))
    candidates = [base, *(f"{base}-{number}" for number in range(2, len(taken) + 3))]
    return next(slug for slug in candidates if slug not in taken)
