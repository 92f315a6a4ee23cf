"""Which texts people acted on before, and how many of them: what a page says after a material change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from typing import TYPE_CHECKING

from django.apps import apps
from django.db.models import Exists, OuterRef

from actions import registry
from actions.wordings.models import Wording, WordingVersion

if TYPE_CHECKING:
    from django.db.models import QuerySet


@dataclass(frozen=True)
class FormerText:
    """One earlier text as it stood last; ``since`` and ``until`` are when it was public (UTC)."""

    version: WordingVersion
    since: datetime
    until: datetime


@dataclass(frozen=True)
class FormerTexts:
    """The earlier texts in one language that people acted on, the newest first; ``changed_at`` None when none is."""

    texts: list[FormerText] = field(default_factory=list)
    changed_at: datetime | None = None

    def numbered(self, number: int) -> FormerText | None:
        """Return the text with this number; None for any other version: typos and unused texts are not shown."""
        return next((text for text in self.texts if text.version.number == number), None)


def wording_models() -> list[type[Wording]]:
    return [model for model in apps.get_models() if issubclass(model, Wording)]


def is_acted_on(wording: Wording) -> bool:
    """Return whether an action that has not ended refers to a text of the record, in whatever language."""
    return _acted_on(wording).exists()


def former_texts(wording: Wording, demand: int) -> FormerTexts:
    """Return the texts in the wording's language with a lower demand that somebody acted on, in whatever language.

    Two queries.
    """
    versions = list(_of_record(wording).filter(language=wording.language).order_by("number"))
    acted_on = set(_acted_on(wording).values_list("demand", flat=True)) if len(versions) > 1 else set()
    runs = list(_runs(versions))
    found = [
        FormerText(run[-1], run[0].created_at, after[0].created_at)
        for run, after in pairwise(runs)
        if run[0].demand < demand and run[0].demand in acted_on
    ]
    return FormerTexts(found[::-1], runs[-1][0].created_at if found else None)


def how_many_acted_before(wording: Wording) -> int:
    """Count those who acted on a text with a lower demand, in all languages, as far as their room counts them."""
    acts = registry.acts_on(wording._meta.label)
    if acts is None:
        return 0
    earlier = _of_record(wording).filter(demand__lt=wording.demand).values_list("pk", flat=True)
    return acts.counted().filter(wording_version__in=list(earlier)).count()


def count_again(now: datetime) -> None:
    """Count anew for every text that tells it: signatures are confirmed and withdrawn after the change too."""
    for model in wording_models():
        for wording in model._default_manager.exclude(changed_at=None).select_related("locale"):
            number = how_many_acted_before(wording)
            model._default_manager.filter(pk=wording.pk, demand=wording.demand).update(acted_before=number)


def _of_record(wording: Wording) -> QuerySet[WordingVersion]:
    return WordingVersion.objects.filter(kind=wording._meta.label, translation_key=wording.translation_key)


def _acted_on(wording: Wording) -> QuerySet[WordingVersion]:
    """The record's versions that an action refers to; it looks for one action each, however many there are."""
    acts = registry.acts_on(wording._meta.label)
    if acts is None:
        return WordingVersion.objects.none()
    return _of_record(wording).filter(Exists(acts.standing().filter(wording_version=OuterRef("pk"))))


def _runs(versions: list[WordingVersion]) -> Iterator[list[WordingVersion]]:
    """Cut the versions into runs of neighbours with the same demand."""
    run: list[WordingVersion] = []
    for version in versions:
        if run and run[-1].demand != version.demand:
            yield run
            run = []
        run.append(version)
    if run:
        yield run
