"""Keeping the entries true: after each publication, move or withdrawal, and once a day for all."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone, translation
from django.utils.html import strip_tags
from wagtail.blocks import StreamValue
from wagtail.models import Page, ReferenceIndex
from wagtail.search.index import SearchField

from actions.wordings.models import Wording
from home.languages import CODES
from search.models import SearchEntry, SearchWord
from search.records import KINDS, Kind, kind_of, wordings_on
from search.words import LONGEST, words_of

TITLE_WEIGHT, CALL_WEIGHT, INTRODUCTION_WEIGHT, MOST_OF_THE_TEXT = 100, 20, 10, 5
MOST_TEXT = 200_000
BLANKS = re.compile(r"\s+")


def index_page(page: Page) -> None:
    """Make the page's entry true: it is found while it is live and open to everybody."""
    page = page.specific
    if not page.live or page.depth < 2 or page.get_view_restrictions().exists():
        SearchEntry.objects.filter(page_id=page.pk).delete()
        return
    language = page.locale.language_code
    with translation.override(language):
        introduction, text = _texts_of_page(page)
    wordings = wordings_on(page)
    text = " ".join([text, *(_text_of_wording(wording) for wording in wordings)])
    calls = " ".join(kind_of(wording).call_in(language) for wording in wordings)
    _store({"page_id": page.pk}, language, page.title, introduction, text, calls, page.last_published_at)


def index_wording(wording: Wording) -> None:
    """Index the pages on which the action stands in the wording's language; on none, the action's own address."""
    kind = kind_of(wording)
    pages = _pages_with(kind, kind.record_id(wording), wording.language)
    for page in pages:
        index_page(page)
    path = kind.path(wording)
    if pages or not wording.live:
        SearchEntry.objects.filter(path=path).delete()
    else:
        text, call = _text_of_wording(wording), kind.call_in(wording.language)
        _store({"path": path}, wording.language, wording.title, "", text, call, wording.last_published_at)


def forget_wording(wording: Wording) -> None:
    """Follow the deletion of a text."""
    wording.live = False
    index_wording(wording)


def index_all() -> int:
    """Make every entry anew and return how many there are; what is gone from the site goes from the index."""
    for page in Page.objects.filter(depth__gt=1).specific().iterator(chunk_size=100):
        index_page(page)
    paths = []
    for kind in KINDS:
        for wording in kind.model.objects.select_related("locale"):
            index_wording(wording)
            paths.append(kind.path(wording))
    SearchEntry.objects.filter(page=None).exclude(path__in=paths).delete()
    return SearchEntry.objects.count()


def _store(
    key: dict[str, Any],
    language: str,
    title: str,
    introduction: str,
    text: str,
    calls: str,
    changed_at: datetime | None,
) -> None:
    if language not in CODES:
        return
    whole = _tidy(f"{introduction} {text}")
    weights = _weights(language, _tidy(title), calls, _tidy(introduction), whole)
    with transaction.atomic():
        entry, _is_new = SearchEntry.objects.update_or_create(
            **key,
            defaults={
                "language": language,
                "title": _tidy(title),
                "text": whole,
                "changed_at": changed_at or timezone.now(),
            },
        )
        entry.words.all().delete()
        SearchWord.objects.bulk_create(
            [SearchWord(entry=entry, language=language, word=word, weight=weight) for word, weight in weights.items()],
            batch_size=500,
        )


def _weights(language: str, title: str, calls: str, introduction: str, text: str) -> dict[str, int]:
    counted = Counter(word.word for word in words_of(text, language))
    weights = {word: min(count, MOST_OF_THE_TEXT) for word, count in counted.items()}
    for part, weight in ((introduction, INTRODUCTION_WEIGHT), (calls, CALL_WEIGHT), (title, TITLE_WEIGHT)):
        for word in words_of(part, language):
            weights[word.word] = weights.get(word.word, 0) % weight + weight
    return {word: weight for word, weight in weights.items() if len(word) <= LONGEST}


def _texts_of_page(page: Page) -> tuple[str, str]:
    """The introduction, and all else that its searchable fields hold."""
    introduction = getattr(page, "introduction", "") or getattr(page, "mission", "")
    fields = [field for field in page.get_search_fields() if isinstance(field, SearchField)]
    values = {field.field_name: field.get_value(page) for field in fields}
    kept = {name: value for name, value in values.items() if name not in ("title", "introduction")}
    return str(introduction), _once([introduction, page.search_description, *kept.values()], skip=1)


def _text_of_wording(wording: Wording) -> str:
    names = [name for name in wording.version_fields if name not in kind_of(wording).for_some]
    return _once([wording.title, *(getattr(wording, name) for name in names)])


def _once(values: list[Any], *, skip: int = 0) -> str:
    """Join what differs, without the first ``skip``: an excerpt that says the same twice looks like a fault."""
    return " ".join(list(dict.fromkeys(_tidy(_plain(value)) for value in values))[skip:])


def _plain(value: Any) -> str:
    if isinstance(value, StreamValue):
        value = value.stream_block.get_searchable_content(value)
    if isinstance(value, (list, tuple)):
        return " ".join(_plain(one) for one in value)
    return strip_tags(str(value).replace("<", " <"))


def _tidy(text: str) -> str:
    return BLANKS.sub(" ", unicodedata.normalize("NFC", text)).strip()[:MOST_TEXT]


def _pages_with(kind: Kind, record: int, language: str) -> list[Page]:
    """The public pages in the language on which the action stands."""
    of_pages = ContentType.objects.get_for_model(Page)
    found = ReferenceIndex.objects.filter(
        base_content_type=of_pages, to_content_type=kind.content_type, to_object_id=str(record)
    )
    ids = {int(one) for one in found.values_list("object_id", flat=True)}
    return list(Page.objects.live().public().filter(pk__in=ids, locale__language_code=language))
