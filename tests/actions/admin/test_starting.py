"""The guided way makes a whole action as drafts, or nothing; it keeps what was typed and asks the role table."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page
from wagtail.users.models import UserProfile

from actions.campaigns.models import Campaign
from actions.desk.starting import end_of, free_slug, paragraphs
from actions.donations.models import Appeal, AppealWording
from actions.letters.models import LetterCampaign, LetterTarget, LetterWording
from actions.pages import ActionIndexPage, ActionPage
from actions.petitions.models import Petition, PetitionWording
from home.models import HomePage
from tests.factories.letters import CampaignFactory
from tests.factories.petitions import PetitionFactory

START = "desk_start"
CLOSES = timezone.localdate() + timedelta(days=20)
PURPOSE = {"kinds": ["letter", "petition"], "campaign": "", "new_campaign": "Safe harbour"}
WORDS = {
    "letter_introduction": "Parliament votes soon.\n\nA <b>letter</b> helps.",
    "letter_subjects": "Please support {bill_number}",
    "letter_body": "I ask you to vote for {bill_number}.",
    "petition_target": "The Minister",
    "petition_text": "We ask for a harbour.",
    "petition_goal": "1000",
}
MODELS = (Campaign, LetterCampaign, LetterWording, Petition, PetitionWording, Appeal, AppealWording, ActionPage)


@pytest.fixture
def place(locales) -> ActionIndexPage:
    root = Page.objects.get(depth=1)
    home = root.add_child(instance=HomePage(title="Home", slug="front", mission="M", locale=locales["en"]))
    return home.add_child(instance=ActionIndexPage(title="Act", slug="take-part"))


@pytest.fixture
def typed(place):
    page = {
        "place": str(place.pk), "title": "A harbour for everyone", "slug": "harbour",
        "introduction": "What is happening.", "closes_on": CLOSES.isoformat(),
    }  # fmt: skip
    return {**PURPOSE, **page, **WORDS}


def post(client, values, *, step: int = 2, **more):
    return client.post(reverse(START), {**values, "step": step, **more})


def counts() -> list[int]:
    return [model._default_manager.count() for model in MODELS]


def test_each_step_leads_to_the_next_and_carries_what_was_typed(editor, typed):
    assert 'aria-current="step">1' in editor.get(reverse(START)).content.decode()
    second = post(editor, PURPOSE, step=0)
    assert second.status_code == 200
    assert 'aria-current="step">2' in second.content.decode()
    assert "Safe harbour" in second.content.decode()
    third = post(editor, {name: value for name, value in typed.items() if name not in WORDS}, step=1)
    assert 'aria-current="step">3' in third.content.decode()
    for kept in ("Safe harbour", "A harbour for everyone", CLOSES.isoformat()):
        assert kept in third.content.decode()
    assert counts() == [0] * len(MODELS)


def test_it_makes_campaign_actions_texts_and_page_as_drafts_and_opens_the_page(editor, typed):
    answer = post(editor, typed)
    page, letters, petition = ActionPage.objects.get(), LetterCampaign.objects.get(), Petition.objects.get()
    assert answer.url == reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert [(block.block_type, block.value) for block in page.body] == [
        ("letter", {"letter_campaign": letters, "heading": ""}),
        ("petition", {"petition": petition, "heading": ""}),
    ]
    assert letters.campaign == petition.campaign == page.campaign == Campaign.objects.get(slug="safe-harbour")
    assert {letters.slug, petition.slug, page.slug} == {"harbour"}
    assert letters.closes_at == petition.closes_at == end_of(CLOSES)
    assert [target.kind for target in letters.targets.all()] == [LetterTarget.Kind.OWN_MP]
    assert petition.goal == 1000
    texts = [letters.wordings.get(), petition.wordings.get()]
    assert [text.letter_body if hasattr(text, "letter_body") else text.text for text in texts] == [
        "I ask you to vote for {bill_number}.",
        "<p>We ask for a harbour.</p>",
    ]
    assert texts[0].introduction == "<p>Parliament votes soon.</p><p>A &lt;b&gt;letter&lt;/b&gt; helps.</p>"
    assert not any(thing.live for thing in (page, *texts))
    assert all(thing.latest_revision.user == editor.user for thing in (page, *texts))
    assert page.owner == editor.user
    shown = editor.get(answer.url).content.decode()
    for text in texts:
        assert reverse(text.snippet_viewset.get_url_name("edit"), args=[text.pk]) in shown


def test_fields_in_braces_are_refused_where_nothing_fills_them_in(editor, typed):
    words = "We ask, {mp_name}."
    for step, name in (("2", "title"), ("3", "petition_text"), ("3", "letter_introduction")):
        shown = post(editor, {**typed, name: words}).content.decode()
        assert f'aria-current="step">{step}' in shown
        assert "Nothing fills in {mp_name} here" in shown
        assert words in shown
    assert counts() == [0] * len(MODELS)


def test_nothing_of_it_is_public(editor, typed, client):
    post(editor, typed)
    for address in ("/en/take-part/harbour/", "/en/act/letters/harbour/", "/en/act/petitions/harbour/"):
        answer = client.get(address)
        assert answer.status_code == 404 or "A harbour for everyone" not in answer.content.decode()
        assert "We ask for a harbour" not in answer.content.decode()


def test_an_appeal_alone_for_a_campaign_that_is_there(editor, typed):
    campaign = CampaignFactory()
    values = {
        **typed,
        "kinds": ["donation"],
        "campaign": campaign.pk,
        "new_campaign": "",
        "donation_text": "For light.",
    }
    assert post(editor, values).status_code == 302
    assert Campaign.objects.get() == Appeal.objects.get().campaign == campaign
    assert AppealWording.objects.get().text == "<p>For light.</p>"
    assert not LetterCampaign.objects.exists()


@pytest.mark.parametrize(
    ("changes", "step", "message"),
    [
        ({"kinds": []}, 1, "Choose at least one."),
        ({"kinds": ["nonsense"]}, 1, "Select a valid choice"),
        ({"new_campaign": ""}, 1, "not both"),
        ({"campaign": "999999"}, 1, "Select a valid choice"),
        ({"title": ""}, 2, "This field is required"),
        ({"title": "香港", "slug": ""}, 2, "No short name can be made"),
        ({"slug": "Not A Slug!"}, 2, "slug"),
        ({"slug": "taken"}, 2, "already"),
        ({"place": "1"}, 2, "Select a valid choice"),
        ({"closes_on": "2020-01-01"}, 2, "This day is over"),
        ({"closes_on": "soon"}, 2, "Enter a valid date"),
        ({"letter_body": "Dear {nobody}"}, 3, "Unknown field: {nobody}"),
        ({"letter_subjects": "x" * 151}, 3, "at most 150 characters"),
        ({"petition_goal": "3"}, 3, "greater than or equal to 10"),
        ({"petition_text": ""}, 3, "This field is required"),
        ({"letter_body": "\0"}, 3, "Null characters"),
    ],
)
def test_a_mistake_shows_its_step_keeps_what_was_typed_and_makes_nothing(editor, typed, changes, step, message):
    PetitionFactory(slug="taken", texts=[])
    before = counts()
    answer = post(editor, {**typed, **changes})
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert f'aria-current="step">{step}' in shown
    assert message in shown
    assert "What is happening." in shown
    assert "We ask for a harbour." in shown or "petition_text" in changes
    assert counts() == before


def test_back_loses_nothing_and_scolds_for_nothing(editor, typed):
    answer = post(editor, {**typed, "petition_text": ""}, step=2, back="1")
    shown = answer.content.decode()
    assert answer.status_code == 200
    assert 'aria-current="step">2' in shown
    assert 'value="A harbour for everyone"' in shown
    assert "required." not in shown
    assert "I ask you to vote" in shown


def test_a_second_click_makes_nothing_twice(editor, typed):
    post(editor, typed)
    before = counts()
    assert post(editor, typed).status_code == 422
    assert counts() == before


def test_the_address_follows_the_title_when_none_is_typed(editor, typed):
    assert post(editor, {**typed, "slug": ""}).status_code == 302
    assert ActionPage.objects.get().slug == "a-harbour-for-everyone"


@pytest.mark.parametrize("role", ["campaigner", "finance", "data_protection"])
def test_roles_that_write_nothing_may_not_start(request, role, typed):
    client = request.getfixturevalue(role)
    for answer in (client.get(reverse(START)), post(client, typed)):
        assert answer.status_code in (302, 403)
    assert not ActionPage.objects.exists()


def test_a_stranger_is_led_to_the_log_in(client, typed):
    assert "/login/" in post(client, typed).url


def test_only_the_kinds_of_the_role_are_offered_and_taken(editor, typed):
    group = editor.user.groups.get()
    group.permissions.remove(Permission.objects.get(codename="add_petition"))
    assert 'value="petition"' not in editor.get(reverse(START)).content.decode()
    assert post(editor, typed).status_code == 422
    assert not Petition.objects.exists()


def test_without_a_list_of_actions_it_says_what_is_missing_and_leads_there(editor, place):
    home = place.get_parent()
    place.delete()
    shown = editor.get(reverse(START)).content.decode()
    assert "There is no list of actions yet" in shown
    assert reverse("wagtailadmin_pages:add", args=["actions", "actionindexpage", home.pk]) in shown


def test_who_may_not_make_that_list_is_told_whom_to_ask(editor, locales):
    assert "Ask an administrator to make one" in editor.get(reverse(START)).content.decode()


@pytest.mark.parametrize("code", ["fr", "zh-hant"])
def test_the_way_speaks_the_language_of_the_user(editor, place, code):
    UserProfile.objects.create(user=editor.user, preferred_language=code)
    shown = editor.get(reverse(START)).content.decode()
    for english in ("What people can do", "Name of the new campaign", "Start a new action"):
        assert english not in shown


def test_the_steps_cost_a_set_number_of_queries(editor, typed, count_queries):
    before = count_queries(editor, reverse(START))
    for _number in range(5):
        CampaignFactory()
    assert count_queries(editor, reverse(START)) <= before
    assert before <= 60


def test_paragraphs_and_short_names(db):
    assert paragraphs("One\nline\r\n\r\nTwo <i>") == "<p>One line</p><p>Two &lt;i&gt;</p>"
    assert [free_slug("香港"), free_slug("Safe harbour")] == ["campaign", "safe-harbour"]
