"""Where every page and text stands in every language: the rows of the list "Translations".

A handful of queries for each kind of text, whatever their number.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Count, Exists, Max, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from wagtail.models import DraftStateMixin, Locale, Page, TranslatableMixin
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationLog

from home.languages import CODES
from home.translations.history import content_types, history
from home.translations.missing import accepted


class State(models.TextChoices):
    """
    ::

        missing --submitted--> unfinished --all translated--> ready --handed over--> handed over --published--> current
        current --its source changed--> changed --translated--> ready
                                               --kept, with a reason--> kept
        separate: written in its language by itself, so that nothing can be compared
    """

    MISSING = "missing", _("missing")
    UNFINISHED = "unfinished", _("not finished")
    CHANGED = "changed", _("source changed since")
    HANDED_OVER = "handed_over", _("handed over")
    READY = "ready", _("translated, not published")
    KEPT = "kept", _("kept with a reason")
    CURRENT = "current", _("up to date")
    SEPARATE = "separate", _("on its own")


# What waits for somebody, in the order in which it should be done: visitors read a former text meanwhile.
WAITING = (State.CHANGED, State.HANDED_OVER, State.READY, State.UNFINISHED, State.MISSING)


class Key(NamedTuple):
    """One page or text in one language."""

    translation_key: UUID
    language: str


@dataclass(frozen=True)
class Standing:
    """One page or text in one language that it was not written in.

    ``pk`` is None where it is missing; ``source_pk`` is the record to translate from. ``left`` of ``entries`` are open.
    ``is_behind``: visitors are told that another language asks for something else by now.
    """

    model: type[Any]
    title: str
    language: str
    source_language: str
    state: State
    source_pk: Any
    pk: Any = None
    left: int = 0
    entries: int = 0
    is_live: bool = False
    is_behind: bool = False

    @property
    def is_page(self) -> bool:
        return issubclass(self.model, Page)


@dataclass(frozen=True)
class _Row:
    pk: Any
    language: str
    key: UUID
    title: str
    is_live: bool
    is_copy: bool
    demand: int
    model: type[Any]


@dataclass(frozen=True)
class _Progress:
    source_language: str
    source_at: datetime
    left: int
    entries: int
    made_at: datetime | None
    typed_at: datetime | None


def kinds() -> list[type[Any]]:
    """Return what is listed: pages, and each kind of text with drafts."""
    found = [
        one for one in apps.get_models() if issubclass(one, TranslatableMixin) and issubclass(one, DraftStateMixin)
    ]
    return [Page, *(one for one in found if not issubclass(one, Page))]


def standings(kind: type[Any]) -> Iterator[Standing]:
    """Yield where everything of one of ``kinds()`` stands; at most nine queries."""
    groups: dict[UUID, dict[str, _Row]] = defaultdict(dict)
    for row in _rows(kind):
        groups[row.key][row.language] = row
    if not groups:
        return
    progress = _progress(kind)
    past = history(kind)
    known = set(Locale.objects.values_list("language_code", flat=True))
    for key, group in groups.items():
        for one in _of_group(group, progress, past.kept, [code for code in CODES if code in known]):
            done = progress.get(Key(key, one.language))
            is_handed_over = (
                done is not None and one.state == State.READY and _is_whole(done, past.handed_over.get(one.pk))
            )
            yield replace(one, state=State.HANDED_OVER) if is_handed_over else one


def _of_group(
    group: dict[str, _Row], progress: dict[Key, _Progress], kept: dict[Any, datetime], languages: Iterable[str]
) -> Iterator[Standing]:
    written = {code: row for code, row in group.items() if not row.is_copy}
    if not any(row.is_live for row in written.values()):
        return  # a draft that nobody has published yet is not due for translation
    newest = max(row.demand for row in written.values() if row.is_live)
    for code in languages:
        row = written.get(code)
        done = progress.get(Key(next(iter(group.values())).key, code))
        source = _source(written, done)
        if row is source:
            continue
        state = _state(row, source, done, newest, kept)
        yield Standing(
            model=source.model,
            title=source.title,
            language=code,
            source_language=source.language,
            state=state,
            source_pk=source.pk,
            pk=row.pk if row else None,
            left=done.left if done else 0,
            entries=done.entries if done else 0,
            is_live=bool(row and row.is_live),
            is_behind=bool(row and row.is_live and row.demand < newest),
        )


def _source(written: dict[str, _Row], done: _Progress | None) -> _Row:
    """What the language is translated from; the first language of a text is nobody's translation."""
    if done is not None and done.source_language in written:
        return written[done.source_language]
    live = [written[one] for one in CODES if one in written and written[one].is_live]
    return max(live, key=lambda row: row.demand)  # the first of several


def _state(row: _Row | None, source: _Row, done: _Progress | None, newest: int, kept: dict[Any, datetime]) -> State:
    if row is None:
        return State.MISSING
    if done is None:
        return _state_by_itself(row, newest)
    if not row.is_live:
        return State.UNFINISHED if done.left else State.READY
    kept_at = kept.get(row.pk)
    if kept_at is not None and kept_at >= done.source_at and row.demand >= newest:
        return State.KEPT
    is_older = done.made_at is None or done.made_at < done.source_at
    if done.left or (row.demand < newest and not is_older):
        return State.CHANGED
    return State.READY if is_older else State.CURRENT


def _state_by_itself(row: _Row, newest: int) -> State:
    if not row.is_live:
        return State.UNFINISHED
    return State.CHANGED if row.demand < newest else State.SEPARATE


def _rows(kind: type[Any]) -> Iterator[_Row]:
    columns = ["pk", "locale__language_code", "translation_key", _title_column(kind), "live"]
    is_page = kind is Page
    extra = ["alias_of", "content_type"] if is_page else (["demand"] if _has_demand(kind) else [])
    rows = kind._default_manager.order_by("pk").values_list(*columns, *extra)
    for pk, code, key, title, is_live, *more in rows.filter(depth__gt=1) if is_page else rows:
        model = _page_model(more[1]) if is_page else kind
        demand = more[0] if more and not is_page else 0
        yield _Row(pk, code, key, title, is_live, is_page and more[0] is not None, demand, model)


def _title_column(kind: type[Any]) -> str:
    return "title" if any(field.name == "title" for field in kind._meta.concrete_fields) else "name"


def _has_demand(kind: type[Any]) -> bool:
    return any(field.name == "demand" for field in kind._meta.concrete_fields)


def _page_model(content_type: int) -> type[Any]:
    return ContentType.objects.get_for_id(content_type).model_class() or Page


def _progress(kind: type[Any]) -> dict[Key, _Progress]:
    """How far each translation that is kept in step is, and when a published one was made last."""
    segments = StringSegment.objects.filter(source_id=OuterRef("source_id")).order_by()
    done = accepted(
        translation_of_id=OuterRef("string_id"), context_id=OuterRef("context_id"), locale_id=OuterRef("_locale")
    )
    open_ones = segments.annotate(_locale=OuterRef("target_locale_id")).filter(~Exists(done))
    logs = TranslationLog.objects.filter(source_id=OuterRef("source_id"), locale_id=OuterRef("target_locale_id"))
    rows = (
        Translation.objects.filter(enabled=True, source__object__content_type__in=content_types(kind))
        .annotate(left=_number(open_ones), entries=_number(segments), made_at=_newest(logs), typed_at=_typed())
        .values_list(
            *("source__object_id", "target_locale__language_code", "source__locale__language_code"),
            *("source__last_updated_at", "left", "entries", "made_at", "typed_at"),
        )
    )
    return {Key(key, code): _Progress(*more) for key, code, *more in rows}


def _number(rows: Any) -> Coalesce:
    return Coalesce(Subquery(rows.values("source_id").annotate(number=Count("pk")).values("number")), 0)


def _newest(logs: Any) -> Subquery:
    grouped = logs.order_by().values("source_id").annotate(newest=Max("created_at"))
    return Subquery(grouped.values("newest"))


def _typed() -> Subquery:
    """When somebody last typed an entry, of whichever source."""
    words = StringTranslation.objects.filter(
        context__object_id=OuterRef("source__object_id"), locale_id=OuterRef("target_locale_id")
    )
    grouped = words.order_by().values("context__object_id").annotate(newest=Max("updated_at"))
    return Subquery(grouped.values("newest"))


def _is_whole(done: _Progress, handed_over_at: datetime | None) -> bool:
    """Whether what was handed over holds everything that was typed."""
    return handed_over_at is not None and (done.typed_at is None or done.typed_at <= handed_over_at)
