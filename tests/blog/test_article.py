"""An article: what it shows, what it tells machines, what it refuses."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.blocks import StreamValue
from wagtail.models import PageViewRestriction

from actions.readiness.panel import findings
from blog.articles import Kind, NewsPage
from home.models import NavigationSettings, SiteSettings
from tests.blog.test_list import count_queries
from tests.factories.news import make_many, make_topic
from tests.factories.pages import CODES, StandardPageFactory, make_image
from tests.factories.petitions import PetitionFactory
from tests.home.reading import Reading


def read(client, path: str) -> Reading:
    response = client.get(path)
    assert response.status_code == 200
    return Reading(response.content.decode())


def data_of(page: Reading) -> dict:
    return json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page.html)[1])


@pytest.mark.parametrize("code", CODES)
def test_it_shows_kind_date_authors_and_introduction(news, client, code):
    topic = make_topic("Parliament", code)
    news.add(
        code, slug="a", title="Title <b>", authors="Ada Chan\nJean Roy", published_on=date(2026, 3, 5),
        kind=Kind.STATEMENT, topics=(topic,),
    )  # fmt: skip
    page = read(client, f"/{code}/news/a/")
    assert "Title &lt;b&gt;" in page.html
    day = {"en": "March 5, 2026", "fr": "5 mars 2026", "zh-hant": "2026年3月5日"}
    assert day[code] in page.html
    assert {"en": "Ada Chan; Jean Roy", "fr": "Ada Chan; Jean Roy", "zh-hant": "Ada Chan；Jean Roy"}[code] in page.html
    assert page.one("a", rel="tag")["href"] == f"/{code}/news/topic/parliament/"
    assert len([name for name, _ in page.elements if name == "h1"]) == 1
    assert page.forbidden_by_policy() == []
    assert [url for url in page.loaded() if not url.startswith(("/static/", "/media/"))] == []


def test_its_picture_comes_in_several_sizes_with_its_description(news, client):
    news.add(slug="a", lead_image=make_image(), lead_alt='A "harbour" at dawn')
    page = read(client, "/en/news/a/")
    assert {source["type"] for source in page.all("source")} == {"image/avif", "image/webp"}
    image = next(one for one in page.all("img") if one.get("fetchpriority") == "high")
    assert image["alt"] == 'A "harbour" at dawn'
    assert image["width"]
    assert "/media/images/" in page.one("meta", property="og:image")["content"]
    assert page.one("meta", property="og:image:type")["content"] == "image/jpeg"


def test_a_picture_whose_file_is_gone_is_no_error(news, client):
    image = make_image()
    news.add(slug="a", lead_image=image, lead_alt="A harbour")
    image.file.storage.delete(image.file.name)
    page = read(client, "/en/news/a/")
    assert page.one("meta", property="og:image")["content"].startswith("http://testserver/en/act/cards/")
    assert client.get("/en/news/").status_code == 200
    assert client.get("/en/news/feed/").status_code == 200


@pytest.mark.parametrize("code", CODES)
def test_an_article_without_a_picture_has_its_title_drawn(news, client, code):
    news.add(code, slug="a", title="香港人在加拿大：Élus & <friends>")
    address = read(client, f"/{code}/news/a/").one("meta", property="og:image")["content"]
    response = client.get(address.removeprefix("http://testserver"))
    assert (response.status_code, response["Content-Type"]) == (200, "image/png")
    assert response.content.startswith(b"\x89PNG")
    assert "max-age" in response["Cache-Control"]


@pytest.mark.parametrize("code", CODES)
def test_search_engines_are_told_what_it_is(news, client, settings, code):
    news.add(code, slug="a", title="</script><script>x", authors="Ada Chan", published_on=date(2026, 3, 5))
    page = read(client, f"/{code}/news/a/")
    data = data_of(page)
    assert data["@type"] == "NewsArticle"
    assert data["headline"] == "</script><script>x"
    assert data["datePublished"] == "2026-03-05T12:00:00-05:00"
    assert data["author"] == [{"@type": "Person", "name": "Ada Chan"}]
    assert (
        data["mainEntityOfPage"] == page.one("link", rel="canonical")["href"] == f"{settings.SITE_URL}/{code}/news/a/"
    )
    assert page.one("meta", property="og:type")["content"] == "article"
    assert page.one("meta", property="article:published_time")["content"] == data["datePublished"]
    assert "<script>x" not in page.html


def test_without_names_the_organisation_is_the_author(news, client):
    news.add(slug="a")
    assert data_of(read(client, "/en/news/a/"))["author"][0]["@type"] == "Organization"


def test_it_is_passed_on_with_its_address_and_without_the_reader(news, client, settings):
    news.add(slug="a")
    page = read(client, "/en/news/a/")
    assert page.one("input", id="share-link")["value"] == f"{settings.SITE_URL}/en/news/a/?from=copy"
    assert any("wa.me" in link["href"] for link in page.all("a") if "href" in link)


def test_related_articles_share_a_topic_and_the_newest_stand_first(news, client):
    one, two, other = make_topic("One"), make_topic("Two"), make_topic("Other")
    news.add(slug="a", topics=(one, two))
    for number in range(4):
        news.add(title=f"Related {number}", topics=(one, two) if number % 2 else (two,))
    news.add(title="Elsewhere", topics=(other,))
    news.add(title="Draft", topics=(one,), live=False)
    related = client.get("/en/news/a/").context["related"]
    assert [article.title for article in related] == ["Related 3", "Related 2", "Related 1"]
    news.add(slug="alone")
    assert client.get("/en/news/alone/").context["related"] == []


def test_few_queries_whatever_the_number_of_articles(news, tree, client):
    topics = (make_topic("One"), make_topic("Two"))
    page = StandardPageFactory(parent=tree["en"])
    NavigationSettings.objects.create(site=tree.site, header_links=[("link", {"page": page})])
    for _ in range(20):
        article = news.add(topics=topics, lead_image=make_image(), lead_alt="A harbour")
    path = article.get_url()
    few = count_queries(client, path)
    make_many(news, 1_980, topics=topics)
    assert count_queries(client, path) == few <= 8


def test_an_action_stands_in_an_article(news, client):
    petition = PetitionFactory(slug="door", texts=["en"])
    article = news.add(slug="a")
    article.body = StreamValue(article.body.stream_block, [("petition", {"petition": petition, "heading": ""})])
    article.save()
    page = read(client, "/en/news/a/")
    assert page.all("form", data_action_="petition") or 'data-action="petition"' in page.html


def test_a_press_release_names_whom_to_ask(news, client, tree):
    SiteSettings.objects.update_or_create(site=tree.site, defaults={"contact_email": "press@achk.test"})
    news.add(slug="a", kind=Kind.PRESS_RELEASE)
    news.add(slug="b")
    assert "For journalists:" in client.get("/en/news/a/").content.decode()
    assert "For journalists:" not in client.get("/en/news/b/").content.decode()


@pytest.mark.parametrize("slug", ["feed", "topic"])
def test_a_slug_that_the_list_answers_is_refused(news, slug):
    with pytest.raises(ValidationError, match="used by the site itself"):
        news.add(slug=slug)


def article_form(user, article):
    """The editor's form, filled in with what the article has."""
    form_class = NewsPage.get_edit_handler().get_form_class()
    shown = form_class(instance=article, for_user=user)
    none = {f"{name}-{part}": "0" for name in shown.formsets for part in ("TOTAL_FORMS", "INITIAL_FORMS")}
    values = {name: shown[name].value() or "" for name in shown.fields}
    about = {"slug": article.slug, "lead_image": article.lead_image_id, "lead_alt": article.lead_alt, "body-count": "0"}
    return form_class({**values, **none, **about}, instance=article, for_user=user)


def test_a_picture_must_be_described_before_the_article_goes_out_but_not_in_a_draft(news, admin_user):
    article = news.add(slug="a", lead_image=make_image(), lead_alt=" ")
    assert article_form(admin_user, article).errors == {
        "lead_alt": ["Say what the picture shows, or take the picture away."]
    }
    draft = article_form(admin_user, article)
    draft.defer_required_fields()
    assert not draft.errors
    assert "Say what the picture shows, or take the picture away." in [one.text for one in findings(article)]


def test_the_list_may_have_its_reserved_address_and_no_other_page_may(news, tree):
    assert news["en"].slug == "news"
    news["fr"].delete()
    with pytest.raises(ValidationError, match="used by the site itself"):
        StandardPageFactory(parent=tree["fr"], slug="news")


def test_a_private_article_shows_nobody_anything(news, client):
    article = news.add(slug="a", title="Secret title")
    PageViewRestriction.objects.create(page=article, restriction_type=PageViewRestriction.LOGIN)
    response = client.get("/en/news/a/")
    assert response.status_code == 302
    assert "Secret" not in response.content.decode()
    assert client.get(f"/en/act/cards/{article.pk}.png").status_code == 404
    PageViewRestriction.objects.all().delete()
    PageViewRestriction.objects.create(page=news["en"], restriction_type=PageViewRestriction.LOGIN)
    assert client.get("/en/news/a/").status_code == 302
    assert client.get("/en/news/feed/").status_code == 302
    assert "Secret title" not in client.get("/en/").content.decode()


@pytest.mark.parametrize("code", CODES)
def test_an_editor_sees_a_preview_of_a_draft(news, client, admin_user, code):
    client.force_login(admin_user)
    article = news.add(code, title="Not yet", live=False, lead_image=make_image(), lead_alt="A harbour")
    article.save_revision()
    response = client.get(reverse("wagtailadmin_pages:view_draft", args=[article.pk]))
    assert response.status_code == 200
    assert "Not yet" in response.content.decode()
    news[code].save_revision()
    assert client.get(reverse("wagtailadmin_pages:view_draft", args=[news[code].pk])).status_code == 200


def test_the_sitemap_lists_articles(news, client):
    news.add(slug="a")
    assert "<loc>http://testserver/en/news/a/</loc>" in client.get("/sitemap.xml").content.decode()
