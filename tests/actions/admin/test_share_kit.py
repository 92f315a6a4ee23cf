"""The share kit of an action: its words, links and pictures in three languages, for whoever may change the action."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.actions.admin.conftest import logged_in
from tests.factories.letters import LetterCampaignFactory
from tests.factories.petitions import PetitionFactory

KINDS = {"letters": LetterCampaignFactory, "petitions": PetitionFactory}


@pytest.fixture(params=KINDS)
def kit(request, db):
    """The address of the page and that of the action, without its language."""
    record = KINDS[request.param]()
    return reverse(f"{request.param}_share", args=[record.pk]), f"/act/{request.param}/{record.slug}/"


def test_every_file_of_every_language_can_be_downloaded(editor, client, kit):
    page, action = kit
    shown = editor.get(page).content.decode()
    for code in ("en", "fr", "zh-hant"):
        for name in ("qr.svg", "qr.png", "story.png"):
            assert f'href="/{code}{action}{name}"' in shown
        assert f'src="/{code}{action}preview.png?v=' in shown
        assert f"http://testserver/{code}{action}?from=copy" in shown
    for name, kind in (("qr.svg", "image/svg+xml"), ("qr.png", "image/png"), ("preview.png", "image/png")):
        answer = client.get(f"/fr{action}{name}")
        assert (answer.status_code, answer["Content-Type"]) == (200, kind)
        assert answer["Cache-Control"].startswith("public")
        assert not answer.cookies


def test_the_list_leads_to_it(editor, kit):
    model = "petition" if "petitions" in kit[0] else "lettercampaign"
    assert kit[0] in editor.get(reverse(f"wagtailsnippets_actions_{model}:list")).content.decode()


def test_who_may_not_change_the_action_does_not_see_it(kit, client):
    stranger = logged_in("stranger")
    assert stranger.get(kit[0]).status_code == 302
    assert client.get(kit[0]).status_code == 302
    assert stranger.get(kit[0].replace("/share-kit/", "9/share-kit/")).status_code == 302


def test_a_language_without_texts_is_said_to_have_none(editor):
    petition = PetitionFactory(texts=["en"])
    shown = editor.get(reverse("petitions_share", args=[petition.pk])).content.decode()
    assert shown.count("No text is published in this language") == 2


def test_what_does_not_exist_is_not_found(editor):
    assert editor.get(reverse("petitions_share", args=[99]), follow=True).status_code == 404


def test_the_page_costs_few_queries(editor, kit, django_assert_max_num_queries):
    editor.get(kit[0])
    with django_assert_max_num_queries(20):
        editor.get(kit[0])
