"""Menus are chosen once, read with two queries, and never lead to a page that is not there."""

import pytest
from django.test import RequestFactory
from django.utils import translation
from wagtail.models import Site

from home.models import NavigationSettings, SiteSettings
from home.navigation import Navigation, navigation_for
from tests.factories.pages import CODES


@pytest.fixture
def about(tree):
    titles = {"en": "About", "fr": "À propos", "zh-hant": "關於"}
    return tree.add_page(titles=titles)


def choose(tree, *, header=(), footer=(), **single) -> None:
    chosen = NavigationSettings.for_site(tree.site)
    for name, links in (("header_links", header), ("footer_links", footer)):
        setattr(chosen, name, [("link", {"page": page, "label_fr": label}) for page, label in links])
    for name, page in single.items():
        setattr(chosen, name, page)
    chosen.save()


def menus(code: str) -> Navigation:
    request = RequestFactory().get(f"/{code}/", headers={"host": "testserver"})
    with translation.override(code):
        return navigation_for(request)


@pytest.mark.parametrize("code", CODES)
def test_a_link_leads_to_the_visitors_language_under_its_own_title(tree, about, code):
    choose(tree, header=[(about["en"], "")])
    (link,) = menus(code).header
    assert (link.url, link.label, link.html_lang) == (f"/{code}/about/", about[code].title, "")


def test_a_short_title_counts_in_its_language_only(tree, about):
    choose(tree, header=[(about["en"], "Nous")])
    assert menus("fr").header[0].label == "Nous"
    assert menus("zh-hant").header[0].label == "關於"


def test_a_missing_translation_is_a_link_that_says_its_language(tree, about):
    about["fr"].delete()
    choose(tree, footer=[(about["en"], "")])
    (link,) = menus("fr").footer
    assert (link.url, link.html_lang) == ("/en/about/", "en-CA")


def test_drafts_and_deleted_pages_are_left_out(tree, about):
    gone = tree.add_page(slug="gone")
    choose(tree, header=[(about["en"], ""), (gone["en"], "")], donate_page=about["en"])
    gone["en"].delete()
    about["en"].unpublish()
    assert menus("en") == Navigation()


def test_an_empty_menu_is_no_error(tree):
    assert menus("en") == Navigation()


def test_menus_cost_two_queries_whatever_their_length(tree, about, django_assert_num_queries):
    pages = [about, *(tree.add_page(slug=f"page-{number}") for number in range(4))]
    links = [(page["en"], "") for page in pages]
    choose(tree, header=links[:3], footer=links, donate_page=about["en"], privacy_page=about["en"])
    request = RequestFactory().get("/fr/", headers={"host": "testserver"})
    Site.find_for_request(request)
    Site.get_site_root_paths()
    SiteSettings.for_site(tree.site)  # every page shows them; they bring the menus along
    with translation.override("fr"), django_assert_num_queries(2):
        found = navigation_for(request)
        assert navigation_for(request) is found
    assert len(found.header) == 3
    assert len(found.footer) == 5
