"""Whoever submits and synchronises may publish nothing, and changes neither what visitors read nor who may read it."""

from __future__ import annotations

import pytest
from django.test import TestCase
from django.urls import reverse
from wagtail.models import Page, PageViewRestriction
from wagtail_localize.models import TranslationSource

from blog.models import Topic
from home.models import StandardPage
from tests.factories.news import make_topic
from tests.factories.translations import published, submitted, typed

pytestmark = pytest.mark.django_db


def submit(client, page: Page, locale, **fields: str) -> None:
    url = reverse("wagtail_localize:submit_page_translation", args=[page.pk])
    with TestCase.captureOnCommitCallbacks(execute=True):
        assert client.post(url, {"locales": [locale.pk], **fields}).status_code == 302


def retyped(translation) -> None:
    """A volunteer has other words, and nobody has approved them."""
    for entry in translation.source.stringsegment_set.select_related("string"):
        typed(translation, {entry.string.data: "UNSEEN"})


def test_pages_below_stay_as_they_were_published(translator, tree, client, french):
    above = tree.add_page(("en",))
    child = tree.add_page(("en",), slug="child", under=above)["en"]
    translation = submitted(child, "fr")
    typed(translation)
    published(translation)
    retyped(translation)
    submit(translator, above["en"], french, include_subtree="on")
    html = client.get("/fr/about/child/").content.decode()
    assert f"fr: {child.title}" in html
    assert "UNSEEN" not in html


def test_so_do_those_that_were_stopped_and_written_by_hand(moderator, translator, tree, client, french):
    above = tree.add_page(("en",))
    child = tree.add_page(("en",), slug="child", under=above)["en"]
    translation = submitted(child, "fr")
    typed(translation)
    page = published(translation)
    moderator.post(reverse("wagtail_localize:stop_translation", args=[translation.pk]), {"next": "/admin/"})
    page.title = "À la main"
    page.save_revision().publish()
    submit(translator, above["en"], french, include_subtree="on")
    assert "À la main" in client.get("/fr/about/child/").content.decode()
    translation.refresh_from_db()
    assert not translation.enabled


def test_what_is_missing_below_is_made(translator, tree, french):
    above = tree.add_page(("en",))
    child = tree.add_page(("en",), slug="child", under=above)["en"]
    submit(translator, above["en"], french, include_subtree="on")
    made = StandardPage.objects.get(translation_key=child.translation_key, locale=french)
    assert (made.live, made.alias_of) == (False, None)


@pytest.mark.parametrize("is_retyped", [False, True])
def test_a_live_topic_stays_live_when_an_article_about_it_is_submitted(translator, news, french, is_retyped):
    topic = make_topic("Parliament", introduction="All that the House of Commons says about us.")
    translation = submitted(topic, "fr")
    typed(translation)
    published(translation)
    if is_retyped:
        retyped(translation)
    article = news.add(slug="good", title="Good", topics=(topic,))
    article.save_revision().publish()
    submit(translator, article, french)
    live = Topic.objects.get(locale=french)
    assert (live.live, live.name) == (True, "fr: Parliament")


@pytest.mark.parametrize("who", ["translator", "editor"])
def test_a_page_that_is_private_in_one_language_stays_so(request, who, article, client):
    translation = submitted(article, "fr")
    typed(translation)
    PageViewRestriction.objects.create(page=published(translation), restriction_type=PageViewRestriction.LOGIN)
    source = TranslationSource.objects.get_for_instance(article)
    url = reverse("wagtail_localize:update_translations", args=[source.pk])
    request.getfixturevalue(who).post(url, {"next": "/admin/"})
    assert client.get("/fr/news/good/").status_code == 302
