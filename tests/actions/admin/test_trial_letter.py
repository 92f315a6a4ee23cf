"""A test letter reaches the member of staff who asked for it and can reach nobody in office, whatever is set."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from actions.letters.models import LetterDelivery, LetterTarget
from actions.letters.trial import KIND, NoTrial, Trial, content_of, forget_trials, send_trial
from actions.outbox.models import OutboxMessage
from actions.outbox.states import DispatchState
from actions.outbox.worker import Worker
from actions.privacy.models import AccessLog
from actions.privacy.retention import retire_all
from actions.representatives.models import Representative
from home.site_settings import SiteSettings
from tests.factories.letters import LetterCampaignFactory, another_text, note_position, with_variants
from tests.factories.representatives import RecipientFactory, RidingFactory

RIDING = {"text": "en", "riding": "35079", "attribute": ""}
OFFICIALS = "jordan.lee@parl.example"


@pytest.fixture
def page(letter_campaign) -> str:
    return reverse("letters_trial", args=[letter_campaign.pk])


def set_address(client, address: str) -> None:
    client.user.email = address
    client.user.save()


def recipients() -> set[str]:
    return {address for message in mail.outbox for address in message.recipients()}


def test_the_letter_arrives_as_it_would_at_the_mps_office(editor, page):
    assert editor.post(page, RIDING).status_code == 302
    Worker().drain()
    (arrived,) = mail.outbox
    assert arrived.recipients() == ["editor@staff.example"]
    assert arrived.subject == "[TEST] Please support C-400"
    assert arrived.body.startswith("Dear Jordan Lee,\n\nI live in the riding of Ottawa Centre (K1A 0A6).")
    assert "As one of your constituents in Ottawa Centre I ask you to vote for C-400." in arrived.body
    assert "This letter was sent through Alliance Canada Hong Kong" in arrived.body
    assert not arrived.alternatives
    assert not LetterDelivery.objects.exists()
    assert not OutboxMessage.objects.filter(payload__isblank=False).exists()
    entry = AccessLog.objects.get()
    assert (entry.username, entry.verb) == ("editor", "test letter")
    assert "@" not in entry.subject + entry.reason


@pytest.mark.parametrize(
    "address",
    [
        OFFICIALS,
        "Jordan.Lee@PARL.example",
        "jordan.lee+test@parl.example",
        "anybody@parl.gc.ca",
        "former@parl.example",
        "minister@parl.example",
        "gone.minister@parl.example",
    ],
)
def test_an_account_with_an_officials_address_gets_none(editor, page, address):
    RecipientFactory(email="minister@parl.example")
    RecipientFactory(email="gone.minister@parl.example", is_active=False)
    Representative.objects.create(first_name="F", last_name="Ormer", email="former@parl.example", is_current=False)
    set_address(editor, address)
    assert "is an official" in editor.get(page).content.decode()
    assert editor.post(page, RIDING).status_code == 422
    Worker().drain()
    assert not mail.outbox
    assert not OutboxMessage.objects.exists()


def test_an_address_that_becomes_an_officials_while_the_test_waits_gets_none(editor, page):
    editor.post(page, RIDING)
    RecipientFactory(email="editor@staff.example")
    Worker().drain()
    assert not mail.outbox
    assert OutboxMessage.objects.get().state == DispatchState.FAILED


def test_an_account_that_changed_its_address_or_is_closed_gets_none(editor, moderator, letter_campaign, page):
    editor.post(page, RIDING)
    set_address(editor, "elsewhere@staff.example")
    moderator.post(page, RIDING)
    moderator.user.is_active = False
    moderator.user.save()
    Worker().drain()
    assert not mail.outbox


def test_no_switch_target_or_safety_setting_lets_it_reach_anybody_else(editor, page, letter_campaign, settings):
    settings.DELIVER_LETTERS = "live"
    others = [RecipientFactory(), RecipientFactory()]
    for delivery, person in zip(("to", "copy"), others, strict=True):
        LetterTarget.objects.create(
            letter_campaign=letter_campaign, kind="recipient", recipient=person, delivery=delivery
        )
    SiteSettings.objects.update_or_create(site=SiteSettings.current().site, defaults={"letters_stopped": True})
    type(letter_campaign).objects.update(is_stopped=True, is_paused=True)
    editor.post(page, RIDING)
    Worker().drain()
    SiteSettings.objects.update(letters_stopped=False)
    type(letter_campaign).objects.update(is_stopped=False)
    Worker().drain()
    assert recipients() == {"editor@staff.example"}
    assert not LetterDelivery.objects.exists()


@pytest.mark.parametrize("posted", ["to", "email", "address", "recipient"])
def test_no_address_can_be_posted(editor, page, posted):
    editor.post(page, {**RIDING, posted: OFFICIALS})
    Worker().drain()
    assert recipients() == {"editor@staff.example"}


def test_without_an_address_the_account_is_told_what_to_do(editor, page):
    set_address(editor, "")
    assert "Your account has no e-mail address." in editor.get(page).content.decode()
    assert editor.post(page, RIDING).status_code == 422
    assert not OutboxMessage.objects.exists()


@pytest.mark.parametrize("address", ["a@b.example\nBcc: x@y.example", "陳@staff.example", "two@a.example, b@c.example"])
def test_an_address_that_is_not_one_address_gets_none(editor, page, address):
    set_address(editor, address)
    assert editor.post(page, RIDING).status_code == 422
    assert not OutboxMessage.objects.exists()


def test_one_an_hour_for_each_account_and_campaign(editor, moderator, page, letter_campaign):
    assert editor.post(page, RIDING).status_code == 302
    again = editor.post(page, RIDING)
    assert again.status_code == 422
    assert "within the last hour" in again.content.decode()
    assert moderator.post(page, RIDING).status_code == 302
    other = LetterCampaignFactory()
    assert editor.post(reverse("letters_trial", args=[other.pk]), RIDING).status_code == 302
    OutboxMessage.objects.update(created_at=timezone.now() - timedelta(minutes=61))
    assert editor.post(page, RIDING).status_code == 302
    assert OutboxMessage.objects.filter(kind=KIND).count() == 4


@pytest.mark.parametrize("state", [DispatchState.QUEUED, DispatchState.HELD, DispatchState.UNCERTAIN])
def test_a_test_that_could_not_leave_is_forgotten_within_a_day(editor, page, state):
    editor.post(page, RIDING)
    OutboxMessage.objects.update(state=state)
    almost = timezone.now() + timedelta(hours=21)
    forget_trials(almost)
    retire_all(almost)
    assert OutboxMessage.objects.get().payload
    forget_trials(timezone.now() + timedelta(hours=23))
    row = OutboxMessage.objects.get()
    assert (row.payload, row.state) == ({}, DispatchState.FAILED)


def test_a_draft_can_be_tried_before_anybody_sees_it(editor, letter_campaign, page):
    wording = letter_campaign.wordings.get(locale__language_code="en")
    wording.letter_body = "Not yet published, for {riding}."
    wording.save_revision()
    shown = editor.get(page).content.decode()
    assert 'value="en-draft"' in shown
    assert "fr-draft" not in shown
    assert 'value="zh-hant' not in shown
    editor.post(page, {**RIDING, "text": "en-draft"})
    Worker().drain()
    assert "Not yet published, for Ottawa Centre." in mail.outbox[0].body


def test_a_campaign_whose_text_is_only_a_draft_can_be_tried(editor, letter_campaign, page):
    for wording in letter_campaign.wordings.all():
        wording.save_revision()
        wording.unpublish()
    assert editor.post(page, RIDING).status_code == 422
    assert editor.post(page, {**RIDING, "text": "en-draft"}).status_code == 302


def test_without_a_text_there_is_nothing_to_try(editor, letter_campaign, page):
    letter_campaign.wordings.all().delete()
    assert "There is no English or French text yet." in editor.get(page).content.decode()
    assert editor.post(page, RIDING).status_code == 422


@pytest.mark.parametrize(
    ("attribute", "greeting"),
    [
        ("role:minister", "Dear Minister:"),
        ("party:Independent", "Dear Jordan Lee,"),
        ("position:supports", "Dear Jordan Lee,"),
    ],
)
def test_the_text_for_an_attribute_is_tried_on_somebody_who_has_it(
    editor, letter_campaign, riding, page, attribute, greeting
):
    RecipientFactory(party_name_en="Liberal")
    note_position(letter_campaign, riding.representatives.get(), "supports")
    with_variants(letter_campaign, [another_text(attribute, subjects="Just for you", body="Another text.")])
    editor.post(page, {"text": "en", "attribute": attribute})
    Worker().drain()
    assert mail.outbox[0].subject == "[TEST] Just for you"
    assert mail.outbox[0].body.startswith(greeting)
    assert "Another text." in mail.outbox[0].body


def test_a_french_test_is_french_from_greeting_to_closing(editor, page):
    editor.post(page, {**RIDING, "text": "fr"})
    Worker().drain()
    assert mail.outbox[0].body.startswith("Bonjour,\n\nJ’habite dans la circonscription")
    assert "(Ici figurent" in mail.outbox[0].body


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"riding": ""}, "one of the two"),
        ({"attribute": "role:critic"}, "one of the two"),
        ({"riding": "", "attribute": "role:senator"}, "Nobody on record fits this"),
        ({"riding": "", "attribute": "as:stand_in"}, "Nobody on record fits this"),
        ({"riding": "35081"}, "nobody can be written to"),
        ({"text": "zh-hant"}, "Select a valid choice"),
        ({"text": "x" * 9_000}, "Select a valid choice"),
        ({"riding": "99999999999999999999"}, "Select a valid choice"),
        ({"riding": "\x00"}, ""),
        ({"riding": "", "attribute": "party:"}, ""),
    ],
)
def test_what_cannot_be_tried_is_refused_with_a_reason(editor, page, changes, complaint):
    RidingFactory(fed_num=35081)
    answer = editor.post(page, {**RIDING, **changes})
    assert answer.status_code in (400, 422)
    assert complaint in answer.content.decode()
    assert not OutboxMessage.objects.exists()


def test_the_page_is_one_click_from_list_form_and_stop_page_and_sends_nothing_when_opened(
    editor, letter_campaign, page
):
    for name, args in (
        ("wagtailsnippets_actions_lettercampaign:list", []),
        ("wagtailsnippets_actions_lettercampaign:edit", [letter_campaign.pk]),
        ("letters_stop", [letter_campaign.pk]),
    ):
        assert f'href="{page}"' in editor.get(reverse(name, args=args)).content.decode()
    assert editor.get(page, RIDING).status_code == 200
    assert not OutboxMessage.objects.exists()


def test_who_may_not_change_letter_campaigns_is_turned_away(editor, client, page):
    editor.user.groups.first().permissions.exclude(codename="access_admin").delete()
    for visitor in (editor, client):
        assert visitor.post(page, RIDING).status_code in (302, 403)
    assert not OutboxMessage.objects.exists()


def test_another_site_cannot_send_one(editor, page):
    editor.handler.enforce_csrf_checks = True
    assert editor.post(page, RIDING).status_code == 403
    assert not OutboxMessage.objects.exists()


def test_the_service_refuses_too(editor, letter_campaign, riding):
    wording = letter_campaign.wordings.get(locale__language_code="en")
    trial = Trial(letter_campaign, content_of(wording, is_draft=False), "en", riding=riding)
    set_address(editor, OFFICIALS)
    with pytest.raises(NoTrial, match="official"):
        send_trial(trial, user=editor.user)
    assert not OutboxMessage.objects.exists()
