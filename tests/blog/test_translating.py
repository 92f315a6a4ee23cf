"""News through wagtail-localize: nothing goes live untranslated, topics follow their article's language."""

from __future__ import annotations

import pytest
from wagtail.blocks import StreamValue
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation, Translation, TranslationSource
from wagtail_localize.operations import translate_object

from blog.models import NewsPage, Topic
from tests.factories.news import make_topic
from tests.factories.pages import make_image

pytestmark = pytest.mark.django_db(transaction=True)  # wagtail-localize publishes after the commit

WORDS = {
    "fr": {"Good news": "Bonne nouvelle", "What happened.": "Ce qui s’est passé.", "A harbour": "Un port",
           "The story.": "L’histoire.", "Parliament": "Parlement", "Ada Chan": "Ada Chan"},
    "zh-hant": {"Good news": "好消息", "What happened.": "事情的經過。", "A harbour": "海港", "The story.": "故事。",
                "Parliament": "國會", "Ada Chan": "陳雅達"},
}  # fmt: skip


@pytest.fixture
def article(news):
    article = news.add(
        slug="good", title="Good news", authors="Ada Chan", topics=(make_topic("Parliament"),), kind="statement",
        lead_image=make_image(), lead_alt="A harbour",
    )  # fmt: skip
    article.body = StreamValue(article.body.stream_block, [("paragraph", "<p>The story.</p>")])
    article.save_revision().publish()
    return NewsPage.objects.get(pk=article.pk)


def submit(record, code: str) -> None:
    translate_object(record, [Locale.objects.get(language_code=code)])


def translate(record, code: str) -> None:
    """What a translator types, string by string, and publishes."""
    source = TranslationSource.objects.get_for_instance(record)
    locale = Locale.objects.get(language_code=code)
    for segment in source.stringsegment_set.select_related("string", "context"):
        StringTranslation.objects.update_or_create(
            translation_of=segment.string,
            locale=locale,
            context=segment.context,
            defaults={"data": WORDS[code][segment.string.data]},
        )
    Translation.objects.get(source=source, target_locale=locale).save_target(publish=True)


@pytest.mark.parametrize("code", ["fr", "zh-hant"])
def test_submitting_makes_drafts_only(article, client, code):
    submit(article, code)
    assert client.get(f"/{code}/news/good/").headers["Location"] == f"/en/news/good/?missing={code}"
    assert "Good news" not in client.get(f"/{code}/news/").content.decode()
    assert not Topic.objects.get(locale__language_code=code).live


@pytest.mark.parametrize("code", ["fr", "zh-hant"])
def test_translating_and_publishing(article, client, code):
    submit(article, code)
    topic = article.topics[0]
    translate(article, code)
    response = client.get(f"/{code}/news/good/")
    assert response.status_code == 200
    html = response.content.decode()
    for english in ("Good news", "What happened.", "A harbour", "The story."):
        assert WORDS[code][english] in html
        assert english not in html
    page = response.context["page"]
    assert (page.slug, page.kind, page.published_on) == ("good", article.kind, article.published_on)
    assert page.lead_image_id == article.lead_image_id
    assert response.context["page"].topics == []  # its topic is a draft yet: no English name among French words
    translate(topic, code)
    page = NewsPage.objects.get(pk=page.pk)
    assert [one.name for one in page.topics] == [WORDS[code]["Parliament"]]
    assert client.get(f"/{code}/news/topic/parliament/").status_code == 200
    assert 'hreflang="fr-CA"' in client.get("/en/news/good/").content.decode()


def test_a_change_of_the_english_waits_until_it_is_translated(article, client):
    submit(article, "fr")
    translate(article, "fr")
    article.title = "Better news"
    article.save_revision().publish()
    TranslationSource.objects.get_for_instance(article).update_from_db()
    assert "Bonne nouvelle" in client.get("/fr/news/good/").content.decode()
