"""The picture that chats and networks show with a link: its own for each action, in each language."""

from __future__ import annotations

import io
import re

import pytest
from PIL import Image

from actions.pages import ActionIndexPage, ActionPage
from actions.petitions.models import PetitionWording
from actions.sharing.pictures import preview_picture, qr_png
from actions.typesetting.press import NotTypeset
from home.pages import StandardPage
from tests.factories.letters import LetterCampaignFactory
from tests.factories.pages import SiteTree
from tests.factories.petitions import PetitionFactory
from tests.home.reading import Reading

TEXTS = {"title": "Keep the harbour safe", "campaign": "Bill C-400", "organisation": "ACHK", "language": "en"}


def picture(**changes) -> Image.Image:
    return Image.open(io.BytesIO(preview_picture(**{**TEXTS, **changes})))


def ink(image: Image.Image) -> int:
    return sum(image.convert("L").crop((80, 80, 1120, 400)).point(lambda value: value < 100).histogram()[1:])


@pytest.mark.parametrize("title", ["Short", "為香港人打開救生艇計劃的大門" * 8, "W" * 400, '#import "x" $y$', "😀"])
def test_a_preview_has_the_size_that_networks_expect_whatever_the_title(title):
    assert picture(title=title, campaign=title).size == (1200, 630)


def test_chinese_is_drawn_and_not_left_out():
    assert ink(picture(title="打開救生艇計劃", language="zh-hant")) > 5_000
    assert ink(picture(title=" ", campaign="")) == 0


def test_a_qr_code_for_print_is_black_and_white_and_large_enough():
    code = Image.open(io.BytesIO(qr_png("https://achk.example/zh-hant/act/petitions/keep-the-door-open/")))
    assert code.size[0] == code.size[1] >= 1200
    assert round(code.info["dpi"][0]) == 300


def head(client, path: str) -> Reading:
    return Reading(client.get(path).content.decode())


def said(page: Reading, name: str) -> str:
    return page.one("meta", property=name)["content"]


@pytest.mark.parametrize("code", ["en", "fr", "zh-hant"])
@pytest.mark.parametrize(("kind", "factory"), [("letters", LetterCampaignFactory), ("petitions", PetitionFactory)])
def test_an_actions_page_names_its_own_picture_with_size_and_words(client, db, settings, kind, factory, code):
    action = f"/{code}/act/{kind}/{factory().slug}/"
    page = head(client, action)
    address = said(page, "og:image")
    assert re.fullmatch(rf"{settings.SITE_URL}{action}preview\.png\?v=[0-9a-f]{{8}}", address)
    assert (said(page, "og:image:width"), said(page, "og:image:height")) == ("1200", "630")
    assert "C-400" in said(page, "og:image:alt")
    assert client.get(address.removeprefix(settings.SITE_URL))["Content-Type"] == "image/png"


def test_the_host_header_does_not_decide_where_the_picture_is(client, db, settings):
    page = client.get(f"/en/act/petitions/{PetitionFactory().slug}/", headers={"host": "localhost"})
    assert said(Reading(page.content.decode()), "og:image").startswith(f"{settings.SITE_URL}/en/act/")


def test_the_pictures_address_changes_with_its_words(client, db):
    path = f"/en/act/petitions/{PetitionFactory(slug='open').slug}/"
    before = said(head(client, path), "og:image")
    PetitionWording.objects.update(title="A new title")
    assert said(head(client, path), "og:image") != before


def test_a_page_around_an_action_shows_the_actions_picture_and_is_passed_on_itself(client, db, settings):
    tree = SiteTree()
    petition = PetitionFactory(slug="open-door")
    listing = tree["en"].add_child(instance=ActionIndexPage(title="Act", slug="actions", locale=tree["en"].locale))
    block = [("petition", {"petition": petition, "heading": ""})]
    listing.add_child(
        instance=ActionPage(title="Story", slug="sign", introduction="Now.", body=block, locale=tree["en"].locale)
    )
    html = client.get("/en/actions/sign/").content.decode()
    page = Reading(html)
    assert said(page, "og:image").startswith(f"{settings.SITE_URL}/en/act/petitions/open-door/preview.png?v=")
    assert said(page, "og:title") == "Story"
    assert f'value="{settings.SITE_URL}/en/actions/sign/?from=copy"' in html
    assert html.count('id="share-link"') == 1
    assert "/en/act/petitions/open-door/story.png" in html


@pytest.mark.parametrize("code", ["en", "fr", "zh-hant"])
def test_a_page_without_a_picture_has_its_title_drawn(client, db, settings, code):
    tree = SiteTree()
    page = head(client, f"/{code}/")
    address = said(page, "og:image")
    assert re.fullmatch(rf"{settings.SITE_URL}/{code}/act/cards/{tree[code].pk}\.png\?v=[0-9a-f]{{8}}", address)
    assert said(page, "og:image:alt") == tree[code].mission
    card = client.get(address.removeprefix(settings.SITE_URL))
    assert card["Content-Type"] == "image/png"
    assert Image.open(io.BytesIO(card.content)).size == (1200, 630)
    assert not card.cookies


def test_what_nobody_may_read_has_no_card(client, db):
    tree = SiteTree()
    pages = {"draft": {"live": False}, "closed": {}}
    for slug, columns in pages.items():
        tree["en"].add_child(instance=StandardPage(title="Secret", slug=slug, locale=tree["en"].locale, **columns))
    draft, closed = (StandardPage.objects.get(slug=slug) for slug in pages)
    closed.view_restrictions.create(restriction_type="login")
    for pk in (draft.pk, closed.pk, tree["fr"].pk, 1, 999_999, 10**30):
        assert client.get(f"/en/act/cards/{pk}.png").status_code == 404


def test_a_page_that_is_no_page_keeps_the_sites_own_picture(client, db):
    SiteTree()
    page = head(client, "/en/subscribe/")
    assert said(page, "og:image").endswith("/static/img/share.png")
    assert said(page, "og:image:width") == "1200"


@pytest.mark.parametrize("name", ["preview.png", "story.png"])
def test_a_picture_that_cannot_be_drawn_is_said_so_and_not_kept(client, db, monkeypatch, name):
    def fail(*args, **kwargs):
        raise NotTypeset("hangs")

    monkeypatch.setattr("actions.sharing.pictures.typeset", fail)
    slug = PetitionFactory().slug
    PetitionWording.objects.update(title="Never drawn before")
    answer = client.get(f"/fr/act/petitions/{slug}/{name}")
    assert answer.status_code == 503
    assert answer["Retry-After"] == "60"
    assert "no-store" in answer["Cache-Control"]
