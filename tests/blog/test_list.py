"""The list of news: order, filters, pages, odd addresses, and what it costs."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from blog.articles import Kind
from blog.listing import PER_PAGE
from home.models import NavigationSettings
from tests.factories.news import make_many, make_topic
from tests.factories.pages import CODES, StandardPageFactory, make_image
from tests.home.reading import Reading

HTML_LANG = {"en": "en-CA", "fr": "fr-CA", "zh-hant": "zh-Hant-HK"}


def shown(client, path: str = "/en/news/", **query) -> list[str]:
    response = client.get(path, query)
    assert response.status_code == 200
    return [article.title for article in response.context["listing"].articles]


def test_the_newest_date_stands_first(news, client):
    for title, day in (("Old", "2026-01-01"), ("New", "2026-03-01"), ("Between", "2026-02-01")):
        news.add(title=title, published_on=day)
    assert shown(client) == ["New", "Between", "Old"]


def test_drafts_private_articles_and_other_languages_are_not_listed(news, client):
    news.add(title="Shown")
    news.add(title="Draft", live=False)
    news.add("fr", title="Français")
    private = news.add(title="Private")
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
    assert shown(client) == ["Shown"]
    assert shown(client, "/fr/news/") == ["Français"]


def test_a_kind_is_a_filter(news, client):
    news.add(title="Plain")
    news.add(title="Ours", kind=Kind.STATEMENT)
    news.add(title="Press", kind=Kind.PRESS_RELEASE)
    assert shown(client, kind="statement") == ["Ours"]
    assert shown(client, kind="press-release") == ["Press"]
    assert len(shown(client)) == 3


def test_a_topic_has_a_page_of_its_own(news, client, settings):
    parliament = make_topic("Parliament", introduction="What the House does.")
    french = make_topic("Parlement", "fr", slug="parliament", translation_key=parliament.translation_key)
    news.add(title="On topic", topics=(parliament,))
    news.add(title="Off topic")
    news.add("fr", title="Sujet", topics=(french,))
    assert shown(client, "/en/news/topic/parliament/") == ["On topic"]
    page = Reading(client.get("/en/news/topic/parliament/").content.decode())
    assert page.one("link", rel="canonical")["href"] == f"{settings.SITE_URL}/en/news/topic/parliament/"
    hreflang = {link["hreflang"]: link["href"] for link in page.all("link", rel="alternate") if "hreflang" in link}
    assert hreflang["fr-CA"] == f"{settings.SITE_URL}/fr/news/topic/parliament/"
    assert "zh-Hant-HK" not in hreflang
    picker = {link["hreflang"]: link["href"] for link in page.all("a") if "hreflang" in link}
    assert picker["zh-Hant-HK"] == "/zh-hant/news/"
    assert "What the House does." in page.html


def test_a_topic_shows_where_it_has_an_article_and_is_published(news, client):
    used, unused, draft = make_topic("Used"), make_topic("Unused"), make_topic("Draft", live=False)
    news.add(topics=(used, draft))
    news.add(live=False, topics=(unused,))
    page = client.get("/en/news/")
    assert [choice.label for choice in page.context["listing"].topics] == ["Used"]
    assert client.get("/en/news/topic/draft/").status_code == 404
    assert client.get("/en/news/topic/nowhere/").status_code == 404
    empty = client.get("/en/news/topic/unused/").content.decode()
    assert "There is no such article yet" in empty
    assert '<meta name="robots" content="noindex">' in empty


@pytest.mark.parametrize("code", CODES)
def test_an_empty_list_says_so_and_leads_on(news, client, code):
    page = Reading(client.get(f"/{code}/news/").content.decode())
    assert page.all("a", href=f"/{code}/subscribe/")
    assert page.all("meta", name="robots", content="noindex")


def test_pages_hold_all_articles_once(news, client):
    make_many(news, 30)
    seen = [title for number in (1, 2, 3) for title in shown(client, page=number)]
    assert len(seen) == len(set(seen)) == 30
    first, second, last = (Reading(client.get("/en/news/", {"page": n}).content.decode()) for n in (1, 2, 3))
    assert [link["href"] for link in first.all("a", rel="next")] == ["/en/news/?page=2"]
    assert [link["href"] for link in second.all("a", rel="prev")] == ["/en/news/"]
    assert last.all("a", rel="next") == []
    assert second.one("link", rel="canonical")["href"].endswith("/en/news/?page=2")
    assert not [link for link in second.all("link", rel="alternate") if link.get("hreflang") == "fr-CA"]


def test_filter_and_page_go_together(news, client):
    topic = make_topic("Parliament")
    make_many(news, PER_PAGE + 1, topics=(topic,))
    page = Reading(client.get("/en/news/topic/parliament/?kind=news").content.decode())
    assert page.one("a", rel="next")["href"] == "/en/news/topic/parliament/?kind=news&page=2"
    assert page.one("link", rel="canonical")["href"].endswith("/en/news/topic/parliament/?kind=news")


@pytest.mark.parametrize("number", ["0", "-1", "x", "99999", "１", "1e3", "", "2.5", "' OR 1=1--"])
def test_an_odd_page_number_is_a_page(news, client, number):
    news.add(title="Only one")
    assert shown(client, page=number) == ["Only one"]


@pytest.mark.parametrize("kind", ["", "nonsense", "NEWS", "statement'", "<script>", "x" * 150])
def test_an_odd_kind_is_no_filter(news, client, kind):
    news.add(title="Only one")
    page = client.get("/en/news/", {"kind": kind})
    assert shown(client, kind=kind) == ["Only one"]
    assert Reading(page.content.decode()).one("link", rel="canonical")["href"].endswith("/en/news/")


def test_a_page_past_the_end_is_the_last_one(news, client):
    make_many(news, PER_PAGE + 2)
    assert len(shown(client, page=50)) == 2
    assert client.get("/en/news/?page=50").context["listing"].page == 2


@pytest.mark.parametrize("path", ["/en/news/", "/fr/news/?page=2", "/zh-hant/news/?kind=statement"])
def test_it_is_kept_by_caches_and_sets_no_cookie(news, client, path):
    news.add("en", lead_image=make_image(), lead_alt="A harbour")
    response = client.get(path)
    assert "s-maxage=60" in response["Cache-Control"]
    assert not response.cookies
    assert Reading(response.content.decode()).forbidden_by_policy() == []


@pytest.mark.parametrize("path", ["/en/news/", "/en/news/topic/parliament/"])
def test_few_queries_whatever_the_number_of_articles(news, tree, client, path):
    topic = make_topic("Parliament")
    page = StandardPageFactory(parent=tree["en"])
    NavigationSettings.objects.create(site=tree.site, header_links=[("link", {"page": page})])
    for _ in range(20):
        news.add(topics=(topic,), lead_image=make_image(), lead_alt="A harbour")
    few = count_queries(client, path)
    make_many(news, 1_980, topics=(topic,))
    assert count_queries(client, path) == few <= 8


def count_queries(client, path: str) -> int:
    client.get(path)  # warm
    with CaptureQueriesContext(connection) as made:
        assert client.get(path).status_code == 200
    said = [query["sql"] for query in made]
    assert len(said) == len(set(said)), said
    return len(said)


@pytest.mark.parametrize("code", CODES)
def test_the_front_page_shows_the_three_latest(news, tree, client, code):
    for number in range(4):
        news.add(code, title=f"Number {number}")
    html = client.get(f"/{code}/").content.decode()
    assert "Number 3" in html
    assert "Number 0" not in html
    assert f'href="/{code}/news/"' in html
    assert "Number" not in client.get("/fr/" if code == "en" else "/en/").content.decode()


def test_the_front_page_costs_few_queries(news, tree, client):
    page = StandardPageFactory(parent=tree["en"])
    NavigationSettings.objects.create(site=tree.site, header_links=[("link", {"page": page})])
    home = type(tree["en"]).objects.get(pk=tree["en"].pk)
    home.featured_page = home.join_page = StandardPageFactory(parent=home)
    home.join_heading = "Join"
    home.save()
    for _ in range(20):
        news.add()
    few = count_queries(client, "/en/")
    make_many(news, 200)
    assert count_queries(client, "/en/") == few <= 8
