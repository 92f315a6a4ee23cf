"""Whoever translates what is new sees what stood there before, original and translation."""

from __future__ import annotations

import pytest
from django.test import TestCase
from django.urls import reverse

from blog.models import NewsPage
from home.translations.former import FormerWords, former_words
from tests.factories.translations import published, submitted, typed

pytestmark = pytest.mark.django_db
WORDS = {
    "Good news": "Bonne nouvelle",
    "What happened at the harbour yesterday.": "Ce qui est arrivé hier au port.",
    "The story of the harbour that stayed open.": "L’histoire du port resté ouvert.",
}
HEADING = "what stood there"


@pytest.fixture
def translation(article):
    translation = submitted(article, "fr")
    typed(translation, WORDS)
    published(translation)
    return translation


def change(article: NewsPage, **fields: str) -> None:
    article = NewsPage.objects.get(pk=article.pk)
    for name, words in fields.items():
        setattr(article, name, words)
    with TestCase.captureOnCommitCallbacks(execute=True):
        article.save_revision().publish()


def shown(client, translation) -> str:
    page = translation.get_target_instance()
    return client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()


def test_a_changed_sentence_shows_both_former_texts(translator, article, translation):
    change(article, introduction="What happened at the harbour on Monday.")
    translation.source.refresh_from_db()
    old = "What happened at the harbour yesterday."
    assert former_words(translation) == [FormerWords("What happened at the harbour on Monday.", old, WORDS[old])]
    html = shown(translator, translation)
    assert HEADING in html
    assert f'<dd lang="fr">{WORDS[old]}</dd>' in html
    assert f'<dd lang="en">{old}</dd>' in html


def test_one_sentence_of_many_blocks_finds_its_own(article, translation):
    body = [("paragraph", "<p>The story of the harbour that stayed closed.</p><p>Somewhere else it snowed.</p>")]
    article = NewsPage.objects.get(pk=article.pk)
    raw = list(article.body.raw_data)
    raw[0] = {**raw[0], "value": body[0][1]}
    article.body = article.body.stream_block.to_python(raw)
    with TestCase.captureOnCommitCallbacks(execute=True):
        article.save_revision().publish()
    assert [entry.translated for entry in former_words(translation)] == ["L’histoire du port resté ouvert."]


def test_nothing_is_shown_where_nothing_changed_or_all_is_new(translator, article, translation):
    assert HEADING not in shown(translator, translation)
    change(article, introduction="Zwölf Boxkämpfer jagen Viktor.")
    assert former_words(translation) == []
    assert HEADING not in shown(translator, translation)
