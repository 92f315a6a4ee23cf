"""Finding a page: the same answers as Wagtail's own way, with fewer queries."""

from __future__ import annotations

import pytest
from django.http import Http404
from django.test import RequestFactory
from django.utils import translation
from wagtail.models import Page, PageViewRestriction, Site

from home import routing
from tests.factories.news import NewsTree, make_topic
from tests.factories.pages import CODES


def both(path: str, code: str) -> tuple[object, object]:
    """The page and its arguments, found here and by Wagtail."""
    with translation.override(code):
        ours, theirs = (RequestFactory().get(f"/{code}/{path}", headers={"host": "testserver"}) for _ in range(2))
        try:
            found = routing._route(ours, routing._root_path(ours), path)
        except Http404:
            found = None
        wagtails = Page.route_for_request(theirs, path)
    return tuple(
        (one.page.pk, type(one.page), [str(part) for part in one.args[1:]], one.kwargs) if one else None
        for one in (found, wagtails)
    )


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize(
    "path",
    ["", "about/", "about/deep/", "about/nowhere/", "nowhere/", "deep/", "draft/", "draft/below/", "news/", "news/a/",
     "news/topic/parliament/", "news/feed/", "news/feed/atom/", "news/a/picture/", "news/a/more/", "news/nowhere/",
     "about/about/", "a/" * 300],
)  # fmt: skip
def test_the_answer_is_wagtails(tree, code, path):
    about = tree.add_page()
    tree.add_page(slug="deep", under=about)
    draft = tree.add_page(slug="draft")
    tree.add_page(slug="below", under=draft)
    Page.objects.filter(slug="draft").update(live=False)
    news = NewsTree(tree)
    news.add(code, slug="a", topics=(make_topic("Parliament", code),))
    ours, theirs = both(path, code)
    assert ours == theirs


def test_a_restriction_above_is_seen(tree, client):
    about = tree.add_page()
    tree.add_page(slug="deep", under=about)
    assert client.get("/en/about/deep/").status_code == 200
    PageViewRestriction.objects.create(page=about["en"], restriction_type=PageViewRestriction.LOGIN)
    assert client.get("/en/about/deep/").status_code == 302
    assert client.get("/fr/about/deep/").status_code == 200


def test_an_alias_is_restricted_like_its_source(tree, client):
    about = tree.add_page(("en",))["en"]
    alias = about.create_alias(parent=tree["en"], update_slug="copy", update_locale=None)
    assert client.get("/en/copy/").status_code == 200
    PageViewRestriction.objects.create(page=about, restriction_type=PageViewRestriction.LOGIN)
    assert alias.alias_of_id == about.pk
    assert client.get("/en/copy/").status_code == 302


def test_a_language_without_a_front_page_leads_to_one_that_has_it(tree, client):
    Page.objects.get(pk=tree["fr"].pk).delete()
    assert client.get("/fr/").headers["Location"] == "/en/?missing=fr"
    assert client.get("/fr/nowhere/").status_code == 404


def test_a_page_takes_at_most_eight_queries_however_deep(tree, client, django_assert_max_num_queries):
    above = tree.homes
    for number in range(6):
        above = tree.add_page(slug=f"page-{number}", under=above)
    path = "/en/" + "".join(f"page-{number}/" for number in range(6))
    client.get(path)
    assert Site.objects.exists()
    with django_assert_max_num_queries(8):
        assert client.get(path).status_code == 200
