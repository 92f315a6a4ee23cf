"""Wherever staff read how a letter campaign stands, it is what its visitors find; the site's switches go into it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from actions.letters.admin_state import state_of
from actions.letters.campaign_models import LetterTarget
from actions.letters.models import LetterCampaign
from home.site_settings import SiteSettings
from tests.factories.letters import LetterCampaignFactory
from tests.factories.representatives import RecipientFactory

HOLD, SWITCH = LetterCampaign.WhenDissolved.HOLD, LetterCampaign.WhenDissolved.SWITCH
NOBODY = "nobody can write (Parliament is dissolved)"
NOT_TO_MPS = "open, but not to MPs (Parliament is dissolved)"


def throw(**switches: bool) -> None:
    SiteSettings.current().save()
    SiteSettings.objects.update(**switches)


def words(letter_campaign) -> str:
    letter_campaign.refresh_from_db()
    return state_of(letter_campaign, timezone.now()).words


def stand_in(letter_campaign, **person) -> None:
    LetterTarget.objects.create(
        letter_campaign=letter_campaign, kind="recipient", recipient=RecipientFactory(**person), delivery="fallback"
    )


def test_an_open_letter_campaign_is_open(letter_campaign):
    assert words(letter_campaign) == "open"
    assert state_of(letter_campaign, timezone.now()).is_open


def test_while_parliament_is_dissolved_nobody_writes_unless_somebody_stands_in(letter_campaign):
    throw(parliament_dissolved=True)
    assert words(letter_campaign) == NOBODY
    LetterCampaign.objects.update(when_dissolved=SWITCH)
    assert words(letter_campaign) == NOBODY
    stand_in(letter_campaign, email="")
    stand_in(letter_campaign, is_active=False)
    assert words(letter_campaign) == NOBODY
    stand_in(letter_campaign)
    assert words(letter_campaign) == NOT_TO_MPS
    LetterCampaign.objects.update(when_dissolved=HOLD)
    assert words(letter_campaign) == NOBODY


def test_letters_that_never_go_to_mps_are_open_whatever_parliament_does(letter_campaign):
    throw(parliament_dissolved=True)
    letter_campaign.targets.all().delete()
    stand_in(letter_campaign)
    assert words(letter_campaign) == "open"


def test_what_was_switched_or_set_for_the_campaign_itself_is_told_first(letter_campaign):
    throw(parliament_dissolved=True)
    for column, value, expected in (
        ("is_paused", True, "paused"),
        ("opens_at", timezone.now() + timedelta(days=1), "opens later"),
        ("is_stopped", True, "stopped"),
    ):
        LetterCampaign.objects.update(**{column: value})
        assert words(letter_campaign) == expected


def test_the_stop_of_all_letters_and_a_missing_text_are_told(letter_campaign):
    letter_campaign.wordings.exclude(locale__language_code="zh-hant").update(live=False)
    assert words(letter_campaign) == "nobody can write (no English or French text is published)"
    throw(letters_stopped=True)
    assert words(letter_campaign) == "stopped with all letters"
    LetterCampaign.objects.update(is_stopped=True)
    assert words(letter_campaign) == "stopped"


@pytest.mark.parametrize(
    "name", ["wagtailadmin_home", "wagtailsnippets_actions_lettercampaign:list", "letters_stop", "letters_progress"]
)
def test_every_page_of_the_admin_says_so(superuser, letter_campaign, name):
    throw(parliament_dissolved=True)
    address = reverse(name, args=[letter_campaign.pk] if name.startswith("letters_") else [])
    assert NOBODY in superuser.get(address).content.decode()


@pytest.mark.parametrize(
    ("switches", "told"),
    [
        ({}, "letters go on"),
        ({"letters_stopped": True}, "all letters are stopped"),
        ({"parliament_dissolved": True}, "no letter goes to an MP. Letters to other people go on."),
        ({"letters_stopped": True, "parliament_dissolved": True}, "all letters are stopped; Parliament is dissolved"),
    ],
)
def test_the_front_page_says_how_the_sites_switches_stand(superuser, letter_campaign, switches, told):
    throw(**switches)
    for address in (reverse("wagtailadmin_home"), reverse("letters_stop_all")):
        shown = superuser.get(address).content.decode()
        assert f"{told}</strong>" in shown
        assert ("letters go on</strong>" in shown) is (not switches)


@pytest.mark.parametrize("count", [2, 20])
@pytest.mark.parametrize("name", ["wagtailadmin_home", "wagtailsnippets_actions_lettercampaign:list"])
def test_many_letter_campaigns_are_no_more_queries(editor, riding, count, name, django_assert_max_num_queries):
    for number in range(count):
        LetterCampaignFactory(slug=f"number-{number}", name=f"Number {number}")
    editor.get(reverse(name))
    with django_assert_max_num_queries(55), translation.override("en"):
        shown = editor.get(reverse(name)).content.decode()
    assert "Number 1" in shown
