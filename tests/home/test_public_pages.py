"""What every visitor gets: the right language, ways to the others, nothing from elsewhere, nothing about them."""

import json
import re

import pytest
from wagtail.models import Page

from home.models import SiteSettings
from tests.factories.pages import CODES
from tests.home.reading import Reading

HTML_LANG = {"en": "en-CA", "fr": "fr-CA", "zh-hant": "zh-Hant-HK"}


def read(client, path: str) -> Reading:
    response = client.get(path)
    assert response.status_code == 200
    return Reading(response.content.decode())


@pytest.mark.parametrize("code", CODES)
def test_a_page_names_its_language_and_every_other(client, tree, settings, code):
    tree.add_page()
    page = read(client, f"/{code}/about/")
    assert page.one("html")["lang"] == HTML_LANG[code]
    alternates = {link["hreflang"]: link["href"] for link in page.all("link", rel="alternate")}
    expected = {HTML_LANG[other]: f"{settings.SITE_URL}/{other}/about/" for other in CODES}
    assert alternates == {**expected, "x-default": f"{settings.SITE_URL}/en/about/"}
    assert page.one("link", rel="canonical")["href"] == f"{settings.SITE_URL}/{code}/about/"


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("path", ["", "about/", "nowhere/"])
def test_a_page_sets_no_cookie_and_loads_nothing_from_elsewhere(client, tree, code, path):
    tree.add_page()
    response = client.get(f"/{code}/{path}")
    assert not response.cookies
    page = Reading(response.content.decode())
    assert [url for url in page.loaded() if not url.startswith(("/static/", "/media/"))] == []
    assert page.forbidden_by_policy() == []


def test_the_host_header_does_not_decide_the_canonical_address(client, tree, settings):
    response = client.get("/en/", headers={"host": "localhost"})
    assert "localhost" not in response.content.decode()


@pytest.mark.parametrize("code", CODES)
def test_the_front_page_says_what_we_do(client, tree, code):
    about = tree.add_page()
    home = tree[code]
    home.featured_page, home.join_page = about["en"], about["en"]
    home.featured_button, home.join_heading = "Write <now>", "Join us"
    home.save()
    html = client.get(f"/{code}/").content.decode()
    assert home.mission in html
    assert f"About {code}" in html
    assert html.count(f'href="/{code}/about/"') >= 2
    assert "Write &lt;now&gt;" in html
    assert html.count("button--primary") == 1


def test_a_draft_is_not_featured(client, tree):
    about = tree.add_page()
    tree["en"].featured_page = about["en"]
    tree["en"].save()
    about["en"].unpublish()
    assert "button--primary" not in client.get("/en/").content.decode()


def test_a_missing_translation_leads_to_the_best_language_with_a_notice(client, tree):
    parents = tree.add_page()
    tree.add_page(("en",), slug="child", under=parents)
    page = read(client, "/en/about/child/")
    languages = {link["hreflang"]: link["href"] for link in page.all("a") if "hreflang" in link}
    assert languages == {HTML_LANG[code]: f"/{code}/about/child/" for code in CODES}
    for code in ("fr", "zh-hant"):
        response = client.get(languages[HTML_LANG[code]], follow=True)
        assert response.redirect_chain == [(f"/en/about/child/?missing={code}", 302)]
        shown = Reading(response.content.decode())
        assert shown.one("html")["lang"] == "en-CA"
        assert shown.all("aside", lang=HTML_LANG[code])
        assert shown.one("link", rel="canonical")["href"].endswith("/en/about/child/")
    assert [link["hreflang"] for link in page.all("link", rel="alternate")] == ["en-CA", "x-default"]


def test_a_draft_translation_is_not_linked(client, tree):
    about = tree.add_page()
    about["fr"].unpublish()
    page = read(client, "/en/about/")
    assert page.all("a", hreflang="fr-CA", href="/fr/about/") != []
    assert client.get("/fr/about/").headers["Location"] == "/en/about/?missing=fr"
    assert page.all("link", hreflang="fr-CA") == []


def test_a_language_without_a_front_page_is_still_a_link(client, tree):
    Page.objects.get(pk=tree["fr"].pk).delete()
    assert {link["href"] for link in read(client, "/en/").all("a", hreflang="fr-CA")} == {"/fr/"}


@pytest.mark.parametrize("code", CODES)
def test_the_public_notice_stands_on_every_page_while_it_is_shown(client, tree, code):
    settings = SiteSettings.for_site(tree.site)
    settings.notice_en, settings.notice_zh, settings.notice_shown = "Phones are down <today>", "電話暫停", True
    settings.save()
    text = {"zh-hant": "電話暫停"}.get(code, "Phones are down &lt;today&gt;")
    assert text in client.get(f"/{code}/").content.decode()
    settings.notice_shown = False
    settings.save()
    assert text not in client.get(f"/{code}/").content.decode()


def test_the_editors_bar_is_only_for_those_who_bring_a_session(client, admin_user, tree):
    assert "wagtail-userbar" not in client.get("/en/").content.decode()
    client.force_login(admin_user)
    assert "wagtail-userbar" in client.get("/en/").content.decode()


def test_the_footer_names_who_answers_for_privacy(client, tree):
    settings = SiteSettings.for_site(tree.site)
    settings.privacy_officer_name, settings.privacy_officer_email = "Joyce <b>", "privacy@achk.test"
    settings.save()
    html = client.get("/zh-hant/").content.decode()
    assert "私隱主任" in html
    assert "Joyce &lt;b&gt;" in html
    assert "mailto:privacy@achk.test" in html


def test_a_chat_draws_a_preview_from_our_own_picture(client, tree, settings):
    page = read(client, "/fr/")
    assert page.one("meta", property="og:image")["content"].startswith(f"{settings.SITE_URL}/fr/act/cards/")
    assert page.one("meta", property="og:title")["content"] == "Alliance Canada Hong Kong"


@pytest.mark.parametrize(("code", "language"), [("en", "en-CA"), ("fr", "fr-CA"), ("zh-hant", "zh-Hant-HK")])
def test_a_front_page_says_who_stands_behind_it_and_where_to_search(client, tree, settings, code, language):
    html = client.get(f"/{code}/").content.decode()
    [data] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)
    organisation, website = json.loads(data)["@graph"]
    assert organisation["logo"].startswith(settings.SITE_URL)
    assert (website["url"], website["inLanguage"]) == (f"{settings.SITE_URL}/{code}/", language)
    search = website["potentialAction"]["target"]["urlTemplate"].replace("{search_term_string}", "harbour")
    assert client.get(search.removeprefix(settings.SITE_URL)).status_code == 200
    assert "article:" not in html


def test_a_title_cannot_break_out_of_the_head(client, tree):
    tree.add_page(titles={"en": 'A "quote" <script>x</script> & more'})
    html = client.get("/en/about/").content.decode()
    assert 'content="A &quot;quote&quot; &lt;script&gt;x&lt;/script&gt; &amp; more"' in html
    assert "<script>x" not in html
