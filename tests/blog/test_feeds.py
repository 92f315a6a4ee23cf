"""Feeds as a reader's program takes them: valid XML, whole texts, absolute addresses, one per language."""

from __future__ import annotations

from datetime import date
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.blocks import StreamValue

from tests.factories.news import make_many, make_topic
from tests.factories.pages import CODES, make_image
from tests.factories.petitions import PetitionFactory
from tests.home.reading import Reading

ATOM = "{http://www.w3.org/2005/Atom}"
WHOLE = "{http://purl.org/rss/1.0/modules/content/}encoded"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
HTML_LANG = {"en": "en-CA", "fr": "fr-CA", "zh-hant": "zh-Hant-HK"}
TITLES = {"en": "Bread & <roses>", "fr": "« Élus » du Québec", "zh-hant": "香港人：並肩同行"}


def rss(client, code: str = "en") -> ElementTree.Element:
    response = client.get(f"/{code}/news/feed/")
    assert response.status_code == 200
    assert response["Content-Type"] == "application/rss+xml; charset=utf-8"
    return ElementTree.fromstring(response.content).find("channel")


def atom(client, code: str = "en") -> ElementTree.Element:
    response = client.get(f"/{code}/news/feed/atom/")
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(response.content)


@pytest.mark.parametrize("code", CODES)
def test_each_language_has_its_own(news, client, code):
    for each in CODES:
        news.add(each, slug="a", title=TITLES[each])
    channel, feed = rss(client, code), atom(client, code)
    assert channel.findtext("language") == feed.get(XML_LANG) == HTML_LANG[code]
    assert [item.findtext("title") for item in channel.iter("item")] == [TITLES[code]]
    assert [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")] == [TITLES[code]]
    assert channel.find("item").findtext("link") == f"http://testserver/{code}/news/a/"
    assert f'lang="{HTML_LANG[code]}"' in channel.find("item").findtext(WHOLE)


def test_the_whole_text_is_there_with_absolute_addresses(news, client):
    article = news.add(slug="a", introduction="What <happened>.", lead_image=make_image(), lead_alt='A "harbour"')
    body = [
        ("paragraph", f'<p>The story. <a linktype="page" id="{news["en"].pk}">All news</a></p>'),
        ("image", {"image": make_image(), "caption": "Boats"}),
        ("petition", {"petition": PetitionFactory(slug="door", texts=["en"]), "heading": ""}),
    ]
    article.body = StreamValue(article.body.stream_block, body)
    article.save()
    item = rss(client).find("item")
    whole = item.findtext(WHOLE)
    reading = Reading(whole)
    assert "The story." in whole
    assert "What &lt;happened&gt;." in whole
    assert item.findtext("description") == "What <happened>."
    assert reading.all("a", href="http://testserver/en/news/")
    assert all(image["src"].startswith("http://testserver/media/") for image in reading.all("img"))
    parts = [part.strip() for image in reading.all("img") for part in image.get("srcset", "").split(",") if part]
    assert parts
    assert all(part.startswith("http://testserver/") for part in parts)
    assert "<form" not in whole
    assert reading.all("a", href="http://testserver/en/news/a/")
    assert atom(client).find(f"{ATOM}entry/{ATOM}content").text == whole


def test_what_xml_cannot_hold_is_left_out(news, client):
    news.add(title="Bell\x07 and \ufffe", introduction="A\x0b page")
    assert rss(client).find("item").findtext("title") == "Bell and "
    assert atom(client).find(f"{ATOM}entry/{ATOM}summary").text == "A page"


def test_an_article_keeps_its_name_in_readers_when_its_address_changes(news, client):
    article = news.add(slug="a", published_on=date(2026, 3, 5))
    before = rss(client).find("item")
    assert before.find("guid").get("isPermaLink") == "false"
    assert before.findtext("pubDate") == "Thu, 05 Mar 2026 12:00:00 -0500"
    article.slug = "b"
    article.save()
    after = rss(client).find("item")
    assert after.findtext("guid") == before.findtext("guid")
    assert after.findtext("link") != before.findtext("link")


def test_published_topics_are_categories_and_names_are_authors(news, client):
    news.add(topics=(make_topic("Parliament"), make_topic("Hidden", live=False)), authors="Ada Chan\nJean Roy")
    item = rss(client).find("item")
    assert [one.text for one in item.iter("category")] == ["Parliament"]
    entry = atom(client).find(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == "Ada Chan, Jean Roy"


@pytest.mark.parametrize("path", ["/en/news/feed/", "/en/news/feed/atom/"])
def test_an_empty_feed_is_a_feed_kept_by_caches(news, client, path):
    response = client.get(path)
    ElementTree.fromstring(response.content)
    assert response["Cache-Control"].startswith("public, max-age=300")
    assert not response.cookies


def test_it_does_not_change_by_itself(news, client):
    news.add()
    first = client.get("/en/news/feed/")
    assert client.get("/en/news/feed/").content == first.content
    assert client.get("/en/news/feed/", headers={"if-none-match": first["ETag"]}).status_code == 304


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("path", ["news/", "news/a/"])
def test_pages_lead_to_it(news, client, code, path):
    news.add(code, slug="a")
    page = Reading(client.get(f"/{code}/{path}").content.decode())
    assert page.one("link", type="application/rss+xml")["href"] == f"/{code}/news/feed/"
    assert page.one("link", type="application/atom+xml")["href"] == f"/{code}/news/feed/atom/"


def test_the_newest_twenty_with_few_queries(news, client):
    make_many(news, 20)
    client.get("/en/news/feed/")

    def count() -> int:
        with CaptureQueriesContext(connection) as made:
            client.get("/en/news/feed/")
        return len(made)

    few = count()
    for number in range(5):
        news.add(title=f"Newer {number}")
    titles = [item.findtext("title") for item in rss(client).iter("item")]
    assert titles[:2] == ["Newer 4", "Newer 3"]
    assert len(titles) == 20
    assert count() == few <= 10
