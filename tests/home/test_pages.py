"""Addresses that belong to the site itself, and pages in three languages through the editors' own tools."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield
from wagtail_localize.models import Translation, TranslationSource

from home.models import HomePage, StandardPage
from home.pages import RESERVED_SLUGS
from tests.factories.pages import CODES, StandardPageFactory
from tests.factories.translations import typed


@pytest.mark.parametrize("slug", sorted(RESERVED_SLUGS))
def test_a_slug_that_a_view_answers_is_refused_at_the_root(tree, slug):
    with pytest.raises(ValidationError, match="used by the site itself"):
        StandardPageFactory(parent=tree["en"], slug=slug)


def test_the_same_slug_is_free_further_down(tree):
    about = tree.add_page()
    assert StandardPageFactory(parent=about["en"], slug="search").pk


def test_an_editor_sees_the_refusal_at_the_field(client, admin_user, tree):
    client.force_login(admin_user)
    url = reverse("wagtailadmin_pages:add", args=["home", "standardpage", tree["en"].pk])
    data = nested_form_data(
        {
            "title": "Search",
            "slug": "search",
            "introduction": "",
            "body": streamfield([]),
            "comments": inline_formset([]),
            "action-publish": "1",
        }
    )
    response = client.post(url, data)
    assert response.status_code == 200
    assert "used by the site itself" in response.content.decode()
    assert not StandardPage.objects.filter(slug="search").exists()


@pytest.mark.parametrize("code", ["fr", "zh-hant"])
def test_a_translation_is_a_draft_until_published_and_keeps_the_slug(client, tree, code):
    page = tree.add_page(("en",), slug="mission")["en"]
    source, _created = TranslationSource.get_or_create_from_instance(page)
    translation = Translation.objects.create(source=source, target_locale=tree[code].locale)
    translation.save_target(publish=False)
    assert client.get(f"/{code}/mission/").headers["Location"] == f"/en/mission/?missing={code}"
    typed(translation)
    translation.save_target(publish=False)
    translated = translation.get_target_instance()
    assert translated.slug == "mission"
    translated.get_latest_revision().publish()
    assert client.get(f"/{code}/mission/").status_code == 200


def test_the_front_page_shares_its_links_with_its_translations(tree):
    about = tree.add_page()
    tree["en"].featured_page = about["en"]
    tree["en"].save()
    source, _created = TranslationSource.update_or_create_from_instance(tree["en"])
    translation = Translation.objects.create(source=source, target_locale=tree["fr"].locale)
    typed(translation)
    translation.save_target(publish=True)
    assert HomePage.objects.get(pk=tree["fr"].pk).featured_page_id == about["en"].pk


@pytest.mark.parametrize("code", CODES)
def test_a_preview_shows_the_page_and_is_kept_by_nobody(client, admin_user, tree, code):
    client.force_login(admin_user)
    tree[code].save_revision()
    response = client.get(reverse("wagtailadmin_pages:view_draft", args=[tree[code].pk]))
    assert response.status_code == 200
    assert tree[code].mission in response.content.decode()
    assert "private" in response["Cache-Control"] or "no-store" in response["Cache-Control"]
