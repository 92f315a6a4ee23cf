"""One click makes the next stage's letter campaign: the same people, the texts as drafts, nothing of the letters."""

from __future__ import annotations

from datetime import time, timedelta

import pytest
from django.db import IntegrityError
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Revision

from actions.letters import services
from actions.letters.asks import Ask
from actions.letters.campaign_models import Availability
from actions.letters.copying import copy_to_stage, free_slug, next_stage
from actions.letters.models import Letter, LetterCampaign, LetterTally, LetterTarget, LetterWording
from tests.factories.letters import CampaignFactory, LetterCampaignFactory, written_letter
from tests.factories.representatives import RecipientFactory

FORM = {"name": "Committee", "stage": "committee", "slug": "safe-harbour-committee"}
LIST = "wagtailsnippets_actions_lettercampaign:list"


@pytest.fixture
def source(letter_campaign, riding) -> LetterCampaign:
    LetterCampaign.objects.filter(pk=letter_campaign.pk).update(
        stage="second_reading",
        pace_per_hour=20,
        office_opens=time(9, 30),
        is_in_office_hours=True,
        asks_street_address=False,
        is_paused=True,
        is_stopped=True,
        closes_at=timezone.now() + timedelta(days=3),
        useless_after=timezone.now() + timedelta(days=4),
    )
    minister = RecipientFactory()
    LetterTarget.objects.create(
        letter_campaign=letter_campaign, kind="recipient", recipient=minister, delivery="copy", sort_order=1
    )
    services.confirm(letter_id=written_letter(letter_campaign, riding=riding).pk)
    return LetterCampaign.objects.get(pk=letter_campaign.pk)


@pytest.fixture
def page(source) -> str:
    return reverse("letters_copy", args=[source.pk])


@pytest.fixture
def made(editor, source, page) -> LetterCampaign:
    answer = editor.post(page, FORM)
    made = LetterCampaign.objects.exclude(pk=source.pk).get()
    assert answer.url == reverse("wagtailsnippets_actions_lettercampaign:edit", args=[made.pk])
    return made


def test_the_same_people_and_settings_with_dates_and_switches_of_its_own(made, source):
    assert (made.name, made.stage, made.slug) == ("Committee", "committee", "safe-harbour-committee")
    for name in ("campaign", "pace_per_hour", "office_opens", "is_in_office_hours", "asks_street_address"):
        assert getattr(made, name) == getattr(source, name)
    assert (made.closes_at, made.useless_after, made.is_paused, made.is_stopped) == (None, None, False, False)
    assert made.opens_at == source.closes_at
    whom = [(target.kind, target.recipient, target.delivery) for target in made.targets.all()]
    assert whom == [(target.kind, target.recipient, target.delivery) for target in source.targets.all()]
    assert len(whom) == 2
    assert source.targets.count() == 2


def test_texts_are_drafts_in_the_same_languages_translations_of_each_other_only(made, source):
    drafts, originals = list(made.wordings.all()), list(source.wordings.all())
    assert {draft.language for draft in drafts} == {"en", "fr", "zh-hant"}
    assert [draft.letter_body for draft in drafts] == [original.letter_body for original in originals]
    assert not any(draft.live or draft.first_published_at for draft in drafts)
    assert len({draft.translation_key for draft in drafts}) == 1
    assert drafts[0].translation_key != originals[0].translation_key
    assert Revision.objects.for_instance(drafts[0]).count() == 1
    assert all(original.live for original in originals)


def test_nobody_can_write_until_a_text_is_published(editor, made):
    LetterCampaign.objects.filter(pk=made.pk).update(opens_at=timezone.now())
    assert Ask(made, "en").availability == Availability.STOPPED
    draft = made.wordings.get(locale__language_code="en")
    draft.save_revision().publish()
    made.refresh_from_db()
    assert Ask(made, "en").availability == Availability.OPEN


def test_letters_and_counts_stay_behind(made, source):
    assert not Letter.objects.filter(letter_campaign=made).exists()
    assert not LetterTally.objects.filter(letter_campaign=made).exists()
    assert LetterTally.objects.get(letter_campaign=source).confirmed == 1


def test_the_newest_text_is_copied_even_where_it_is_not_published(source):
    wording = source.wordings.get(locale__language_code="en")
    wording.letter_body = "Newer words."
    wording.save_revision()
    made = copy_to_stage(letter_campaign=source, **FORM, user=None)
    assert made.wordings.get(locale__language_code="en").letter_body == "Newer words."


def test_a_second_click_makes_no_second_copy(editor, made, page, source):
    answer = editor.post(page, FORM)
    assert answer.status_code == 422
    assert "already exists" in answer.content.decode()
    assert LetterCampaign.objects.count() == 2
    with pytest.raises(IntegrityError):
        copy_to_stage(letter_campaign=source, **FORM, user=None)
    assert LetterWording.objects.count() == 6


@pytest.mark.parametrize(
    ("stage", "comes_next", "proposed"),
    [
        ("second_reading", "", "committee"),
        ("third_reading", "", "senate"),
        ("senate", "", "royal_assent"),
        ("royal_assent", "", ""),
        ("defeated", "", ""),
        ("", "committee", "committee"),
        ("", "", ""),
    ],
)
def test_the_stage_that_comes_next_is_proposed(db, stage, comes_next, proposed):
    campaign = CampaignFactory(next_stage=comes_next)
    assert next_stage(LetterCampaignFactory(campaign=campaign, stage=stage)) == proposed


def test_the_proposed_short_name_is_free(db):
    campaign = CampaignFactory(slug="safe-harbour")
    source = LetterCampaignFactory(campaign=campaign, slug="safe-harbour")
    assert free_slug(source, "third_reading") == "safe-harbour-third-reading"
    for slug in ("safe-harbour-senate", "safe-harbour-senate-2"):
        LetterCampaignFactory(campaign=campaign, slug=slug)
    assert free_slug(source, "senate") == "safe-harbour-senate-3"
    assert free_slug(source, "") == "safe-harbour-2"
    long = LetterCampaignFactory(campaign=CampaignFactory(slug="x" * 60))
    assert len(free_slug(long, "senate")) <= 60


def test_the_page_is_reached_from_the_list_and_proposes_all_three(editor, source, page):
    assert f'href="{page}"' in editor.get(reverse(LIST)).content.decode()
    shown = editor.get(page).content.decode()
    assert "-committee" in shown
    assert '<option value="committee" selected>' in shown


@pytest.mark.parametrize(
    "changes", [{"slug": ""}, {"slug": "second-reading"}, {"slug": "x y"}, {"stage": "third"}, {"name": "x" * 999}]
)
def test_bad_input_is_said_and_makes_nothing(editor, source, page, changes):
    answer = editor.post(page, {**FORM, **changes})
    assert answer.status_code == 422
    assert "error" in answer.content.decode()
    assert LetterCampaign.objects.count() == 1


def test_who_may_not_add_is_turned_away(editor, client, source, page):
    editor.user.groups.first().permissions.filter(codename="add_letterwording").delete()
    for visitor in (editor, client):
        assert visitor.get(page).status_code == 302
        assert visitor.post(page, FORM).status_code == 302
    assert page not in editor.get(reverse(LIST)).content.decode()
    assert LetterCampaign.objects.count() == 1


def test_the_list_is_ordered_and_filtered_by_the_stage_of_the_bill(editor, letter_campaign):
    LetterCampaign.objects.filter(pk=letter_campaign.pk).update(stage="senate", name="Zulu senate")
    for stage, name in (("second_reading", "Mike second"), ("", "Alpha none"), ("committee", "Bravo committee")):
        LetterCampaignFactory(stage=stage, name=name)
    shown = editor.get(reverse(LIST), {"ordering": "stage_order"}).content.decode()
    found = [shown.index(name) for name in ("Alpha none", "Mike second", "Bravo committee", "Zulu senate")]
    assert found == sorted(found)
    only = editor.get(reverse(LIST), {"stage": "committee"}).content.decode()
    assert "Bravo committee" in only
    assert "Zulu senate" not in only
