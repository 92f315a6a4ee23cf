"""Letter campaigns of one campaign follow one another: who comes to one that is over is led to the one that is open."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import timezone, translation
from django.utils.formats import date_format

from actions.letters import services
from actions.letters.models import LetterCampaign
from actions.letters.states import LetterState
from actions.letters.succession import next_step
from home.site_settings import SiteSettings
from tests.actions.letters.reading import URL, WRITER, post, words_of
from tests.actions.letters.test_after_confirming import confirmed_page
from tests.factories.letters import CampaignFactory, LetterCampaignFactory, LetterWordingFactory, written_letter
from tests.factories.representatives import RecipientFactory

DAY = timedelta(days=1)


def after(letter_campaign, slug: str, *, title: str = "", **columns) -> LetterCampaign:
    """Another letter campaign of the same campaign."""
    following = LetterCampaignFactory(campaign=letter_campaign.campaign, slug=slug, **columns)
    if title:
        following.wordings.update(title=title)
    return following


def close(letter_campaign) -> None:
    LetterCampaign.objects.filter(pk=letter_campaign.pk).update(
        opens_at=timezone.now() - 9 * DAY, closes_at=timezone.now() - DAY
    )


def following_slug(letter_campaign, language="en") -> str:
    step = next_step(letter_campaign, language)
    return step.ask.letter_campaign.slug if step else ""


def test_the_open_one_that_opened_last_is_the_next_step(letter_campaign):
    now = timezone.now()
    after(letter_campaign, "long-open", opens_at=now - 5 * DAY)
    after(letter_campaign, "just-open", opens_at=now - 2 * DAY)
    after(letter_campaign, "paused", opens_at=now - DAY, is_paused=True)
    after(letter_campaign, "stopped", opens_at=now - DAY, is_stopped=True)
    after(letter_campaign, "over", opens_at=now - DAY, useless_after=now)
    after(letter_campaign, "drafts-only", opens_at=now - DAY, texts=())
    after(letter_campaign, "soon", opens_at=now + DAY)
    LetterCampaignFactory(slug="of-another-campaign", campaign=CampaignFactory())
    assert following_slug(letter_campaign) == "just-open"
    assert next_step(letter_campaign, "en").opens_at is None


def test_when_none_is_open_the_one_that_opens_first_is_told_with_its_day(letter_campaign):
    now = timezone.now()
    after(letter_campaign, "later", opens_at=now + 9 * DAY)
    sooner = after(letter_campaign, "sooner", opens_at=now + 2 * DAY)
    after(letter_campaign, "drafts-only", opens_at=now + DAY, texts=())
    step = next_step(letter_campaign, "en")
    assert (step.ask.letter_campaign, step.opens_at) == (sooner, sooner.opens_at)


def test_alone_there_is_no_next_step_and_a_site_wide_stop_leads_nowhere(letter_campaign):
    assert next_step(letter_campaign, "en") is None
    after(letter_campaign, "committee")
    SiteSettings.current().save()
    SiteSettings.objects.update(letters_stopped=True)
    assert next_step(letter_campaign, "en") is None


@pytest.mark.parametrize("count", [2, 20])
def test_the_next_step_is_found_in_four_queries_however_many_there_are(
    letter_campaign, count, django_assert_num_queries
):
    for number in range(count):
        after(letter_campaign, f"number-{number}", recipients=[RecipientFactory()], opens_at=timezone.now() + DAY)
    sooner = after(letter_campaign, "sooner", title="Sooner")
    with django_assert_num_queries(4):
        step = next_step(letter_campaign, "en")
        assert (step.ask.letter_campaign, step.ask.title) == (sooner, "Sooner")


@pytest.mark.parametrize("language", ["en", "fr", "zh-hant"])
def test_a_closed_page_leads_on_in_the_visitors_language(client, letter_campaign, language):
    close(letter_campaign)
    following = after(letter_campaign, "committee")
    following.wordings.filter(locale__language_code=language).update(title="Titre 委員會")
    page = client.get(URL.replace("/en/", f"/{language}/")).content.decode()
    assert "Titre 委員會" in page
    assert f'href="/{language}/act/letters/committee/"' in page


def test_a_closed_page_says_when_the_next_one_opens(client, letter_campaign):
    close(letter_campaign)
    opens_at = timezone.now() + 3 * DAY
    after(letter_campaign, "committee", title="Committee stage", opens_at=opens_at)
    page = words_of(client.get(URL).content.decode())
    assert "This has ended." in page
    assert "The next step: Committee stage" in page
    assert f"You can write from {date_format(timezone.localtime(opens_at), 'DATE_FORMAT')}." in page


def test_who_was_still_writing_keeps_the_text_and_is_led_on(client, letter_campaign):
    close(letter_campaign)
    after(letter_campaign, "committee", title="Committee stage")
    answer = post(client, f"{URL}write/", {**WRITER, "intent": "send"})
    assert answer.status_code == 409
    page = words_of(answer.content.decode())
    assert WRITER["own_words"] in page
    assert "The next step now: Committee stage" in page


def test_a_block_that_points_at_a_closed_one_says_so_and_leads_on(letter_campaign):
    close(letter_campaign)
    after(letter_campaign, "committee", title="Committee stage")
    letter_campaign.refresh_from_db()
    with translation.override("en"):
        html = Template("{% load action_tags %}{% letter_form campaign %}").render(
            Context({"campaign": letter_campaign, "request": RequestFactory().get("/en/")})
        )
    assert "This has ended." in html
    assert 'href="/en/act/letters/committee/"' in html
    assert "data-action" not in html


def test_the_thank_you_page_names_the_next_step_and_its_day(client, letter_campaign, riding):
    after(letter_campaign, "committee", title="Committee stage", opens_at=timezone.now() + DAY)
    page = words_of(confirmed_page(client, written_letter(letter_campaign, riding=riding)))
    assert "The next step: Committee stage" in page
    assert "You may write again." in page
    LetterCampaign.objects.filter(slug="committee").update(opens_at=timezone.now() - DAY)
    other = written_letter(letter_campaign, riding=riding, email="other@writer.example")
    assert 'href="/en/act/letters/committee/"' in confirmed_page(client, other)


def test_a_past_writer_writes_again_to_the_same_mp_in_the_next_one_but_only_once(letter_campaign, riding):
    following = after(letter_campaign, "committee")
    states = []
    for campaign in (letter_campaign, following, following, letter_campaign):
        letter = written_letter(campaign, riding=riding)
        states.append(services.confirm(letter_id=letter.pk))
    assert states == [LetterState.CONFIRMED, LetterState.CONFIRMED, LetterState.REPEATED, LetterState.REPEATED]


def test_a_title_in_another_language_is_marked_as_such(client, letter_campaign):
    close(letter_campaign)
    following = after(letter_campaign, "committee", texts=())
    LetterWordingFactory(letter_campaign=following, language="fr", title="En comité")
    assert '<span lang="fr-CA">En comité</span>' in client.get(URL).content.decode()
