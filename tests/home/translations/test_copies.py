"""Copying and converting pages are no way around: nothing is public under a language that it does not speak."""

from __future__ import annotations

import pytest
from django.urls import reverse
from wagtail.models import Page

from blog.models import NewsIndexPage, NewsPage
from tests.factories.translations import published, submitted, typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def french_list(news, french) -> NewsIndexPage:
    return NewsIndexPage.objects.get(locale=french)


def copied(client, page: Page, parent: Page, **fields: str) -> str:
    form = {"new_title": "Copy", "new_slug": "copy", "new_parent_page": parent.pk, **fields}
    return client.post(reverse("wagtailadmin_pages:copy", args=[page.pk]), form, follow=True).content.decode()


@pytest.mark.parametrize("how", ["publish_copies", "alias"])
def test_a_page_is_not_copied_below_pages_of_another_language(article, moderator, french_list, client, how):
    assert "Translate the page instead" in copied(moderator, article, french_list, **{how: "1"})
    assert client.get("/fr/news/copy/").status_code == 404
    assert not french_list.get_children().exists()


def test_nor_moved(article, moderator, french_list, client):
    moderator.post(reverse("wagtailadmin_pages:move_confirm", args=[article.pk, french_list.pk]))
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "move"])
    moderator.post(f"{bulk}?id={article.pk}&next=/admin/", {"chooser": french_list.pk, "move_applicable": "1"})
    assert NewsPage.objects.get(pk=article.pk).path == article.path


def test_a_half_done_translation_is_not_copied_into_a_text_of_its_own(article, moderator, french_list):
    draft = submitted(article, "fr").get_target_instance()
    assert "is not finished" in copied(moderator, draft, french_list)
    assert not NewsPage.objects.filter(slug="copy").exists()


def test_nor_with_the_list_above_it(article, moderator, french_list):
    submitted(article, "fr")
    assert "is not finished" in copied(moderator, french_list, french_list.get_parent(), copy_subpages="1")
    assert not Page.objects.filter(slug="copy").exists()


def test_a_whole_one_is_copied_as_before(article, moderator, french_list):
    translation = submitted(article, "fr")
    typed(translation)
    copied(moderator, published(translation), french_list, publish_copies="1")
    assert NewsPage.objects.get(slug="copy").live


def test_a_copy_that_holds_the_place_of_a_translation_is_not_made_an_ordinary_page(article, moderator, french):
    alias = article.copy_for_translation(french, alias=True)
    url = reverse("wagtailadmin_pages:convert_alias", args=[alias.pk])
    assert "Translate the page instead" in moderator.post(url, follow=True).content.decode()
    alias.refresh_from_db()
    assert alias.alias_of_id == article.pk


def test_a_copy_in_the_same_language_is(article, moderator, news):
    alias = article.create_alias(parent=article.get_parent(), update_slug="again")
    moderator.post(reverse("wagtailadmin_pages:convert_alias", args=[alias.pk]))
    alias.refresh_from_db()
    assert alias.alias_of_id is None
