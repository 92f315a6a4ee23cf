"""Base classes that refuse to go live in another language's words, whichever button, job or schedule asks for it."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from wagtail.models import Page

from home.translations.missing import refusal, translation_of, words_left


class NotTranslated(PermissionDenied):
    """Publishing was refused. As a PermissionDenied, so that a view of Wagtail's which expects nothing else answers
    with a message and not with an error page; our own ask before and say what is missing."""


def _refuse_draft(revision: Any) -> None:
    if entries := words_left(revision.as_object()):
        raise NotTranslated(refusal(entries))


def _refuse_live(record: Any) -> None:
    """wagtail-localize writes a translation into the live row before it asks for its publication."""
    if record.live and translation_of(record) is not None and (entries := words_left(record)):
        raise ValidationError(refusal(entries))


class PublishedTranslated(models.Model):
    """For texts with drafts: every way to publish a revision ends in ``publish``."""

    class Meta:
        abstract = True

    def publish(self, revision: Any, *args: Any, **kwargs: Any) -> Any:
        _refuse_draft(revision)
        return super().publish(revision, *args, **kwargs)  # type: ignore[misc]

    def clean(self) -> None:
        super().clean()
        _refuse_live(self)


class OwnLanguagePage(Page):
    """A page that goes live in its language's words only, and never as another language's copy.

    Wagtail makes a live alias where a page's parent is not translated yet, and where "Synchronise content from another
    locale" is switched on, and publishes it again with each change of its original. Here such an alias is a
    draft: it holds the place in the tree, and visitors are led to the page in a language that there is.
    """

    class Meta:
        abstract = True

    def publish(self, revision: Any, *args: Any, **kwargs: Any) -> Any:
        _refuse_draft(revision)
        return super().publish(revision, *args, **kwargs)

    def clean(self) -> None:
        super().clean()
        _refuse_live(self)

    def create_alias(self, **kwargs: Any) -> Page:
        with transaction.atomic():
            alias: Page = super().create_alias(**kwargs)
            if alias.locale_id != self.locale_id and alias.live:
                alias.unpublish(log_action=False)
            return alias

    def update_aliases(self, **kwargs: Any) -> None:
        with transaction.atomic():
            super().update_aliases(**kwargs)
            for alias in self.aliases.filter(live=True).exclude(locale_id=self.locale_id):
                alias.specific.unpublish(log_action=False)


def draft_words_left(record: Any) -> list[str]:
    """Return what keeps the record's newest draft from going live."""
    newest = record.get_latest_revision()
    return words_left(newest.as_object() if newest else record)
