"""From every kind of public page the language picker leads to a page: in that language, or in another with a notice."""

from __future__ import annotations

import uuid

import pytest
from django.core.cache import cache

from actions.pages import ActionIndexPage, ActionPage
from tests.factories.donations import AppealFactory
from tests.factories.letters import LetterCampaignFactory
from tests.factories.news import NewsTree, make_topic
from tests.factories.pages import CODES, PageFactory
from tests.factories.petitions import PetitionFactory
from tests.home.reading import Reading

HTML_LANG = {"en": "en-CA", "fr": "fr-CA", "zh-hant": "zh-Hant-HK"}
TAGS = list(HTML_LANG.values())
pytestmark = pytest.mark.django_db

# Pages in the tree exist in one language at a time here; the others answer in three, with the best text there is.
IN_THE_TREE = ("about/", "about/child/", "take-action/", "take-action/write/", "news/good/", "news/topic/parliament/")
EVERYWHERE = (
    *(
        "",
        "news/",
        "act/letters/only-{0}/",
        "act/petitions/only-{0}/",
        "act/donate/only-{0}/",
        "search/",
        "search/?q=hong",
    ),
    *("subscribe/", "act/donate/manage/", "act/check-your-inbox/"),
)


class ActionIndexPageFactory(PageFactory):
    class Meta:
        model = ActionIndexPage

    introduction = "What can be done."


class ActionPageFactory(PageFactory):
    class Meta:
        model = ActionPage

    introduction = "What can be done."


@pytest.fixture
def site_in(tree, settings, tmp_path):
    """Make one of each in a single language."""
    settings.MEDIA_ROOT = tmp_path / "media"
    cache.clear()

    def make(code: str) -> None:
        about = tree.add_page((code,))
        tree.add_page((code,), slug="child", under=about)
        news = NewsTree(tree)
        news.add(code, slug="good", title="Good", topics=(make_topic("Parliament", code),))
        actions = ActionIndexPageFactory(
            parent=tree[code], language=code, slug="take-action", translation_key=uuid.uuid4()
        )
        ActionPageFactory(parent=actions, language=code, slug="write", translation_key=uuid.uuid4())
        for factory in (LetterCampaignFactory, PetitionFactory, AppealFactory):
            factory(slug=f"only-{code}", texts=[code])

    return make


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("path", [*IN_THE_TREE, *EVERYWHERE])
def test_the_picker_never_leads_to_a_404(client, site_in, code, path):
    site_in(code)
    here = f"/{code}/{path.format(code)}"
    first = client.get(here)
    assert first.status_code == 200, here
    links = picker(first)
    assert set(links) == set(TAGS), here
    for other in CODES:
        answer = client.get(links[HTML_LANG[other]], follow=True)
        assert answer.status_code == 200, links
        assert all(status == 302 for _url, status in answer.redirect_chain)
        page = Reading(answer.content.decode())
        if page.one("html")["lang"] != HTML_LANG[other]:
            assert page.one("html")["lang"] == HTML_LANG[code]
            assert page.all("aside", lang=HTML_LANG[other]), "no notice in the wanted language"
        assert set(picker(answer)) == set(TAGS)


def picker(response) -> dict[str, str]:
    links = Reading(response.content.decode()).all("a")
    return {link["hreflang"]: link["href"] for link in links if link.get("hreflang") in TAGS}


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("kind", ["letters", "petitions", "donate"])
def test_an_action_in_one_language_says_so_on_the_pages_of_the_others(client, site_in, code, kind):
    site_in(code)
    for other in CODES:
        html = client.get(f"/{other}/act/{kind}/only-{code}/").content.decode()
        assert f'<html lang="{HTML_LANG[other]}">' in html
        assert (f'lang="{HTML_LANG[code]}"' in main_of(html)) is (other != code)


def main_of(html: str) -> str:
    return html.partition("<main")[2].partition("</main>")[0]


@pytest.mark.parametrize("asked", ["xx", "en", "fr%00", "<script>", "zh-hant&missing=fr"])
def test_the_notice_takes_nothing_but_a_language(client, tree, asked):
    response = client.get(f"/en/?missing={asked}")
    html = response.content.decode()
    assert response.status_code in (200, 400)
    assert ("<aside" in html) is (asked == "zh-hant&missing=fr")
    assert "<script>x" not in html


def test_the_notice_is_as_cacheable_as_any_page_and_sets_no_cookie(client, tree):
    tree.add_page(("en",))
    redirected = client.get("/fr/about/")
    assert redirected.status_code == 302
    assert not redirected.cookies
    shown = client.get(redirected.headers["Location"])
    assert "s-maxage" in shown.headers["Cache-Control"]
    assert not shown.cookies


def test_what_is_nowhere_is_still_not_found(client, tree):
    for path in ("nowhere/", "about/nowhere/", "news/nowhere/", "a" * 300 + "/"):
        assert client.get(f"/fr/{path}").status_code == 404


def test_an_address_that_is_missing_costs_few_queries(client, tree, django_assert_max_num_queries):
    tree.add_page(("en",))
    client.get("/fr/about/")
    with django_assert_max_num_queries(4):
        client.get("/fr/about/")
