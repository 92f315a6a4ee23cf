"""Leaving works for ever, without logging in, for people and for mail programs; a scanner takes nobody off."""

from __future__ import annotations

import secrets

import pytest
from django.core import mail

from actions.outbox.worker import Worker
from actions.privacy.models import RecordKey
from actions.subscribers.leaving import leave, leave_campaign, leave_link, leave_token, list_key, subscriber_of
from actions.subscribers.models import Consent, SignUp, Subscriber
from actions.subscribers.states import SubscriberState
from tests.actions.subscribers.conftest import ORIGIN, mailed_link
from tests.factories.letters import CampaignFactory
from tests.factories.pages import CODES
from tests.factories.subscribers import signed_up, subscribed

pytestmark = pytest.mark.django_db
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


def path_of(person: Subscriber, *, campaign=None, language: str = "en") -> str:
    link = leave_link(person, language=language, key=list_key(), campaign_id=campaign and campaign.pk)
    return link.removeprefix("http://testserver")


def state_of(person: Subscriber) -> str:
    return Subscriber.objects.get(pk=person.pk).state


def test_reading_changes_nothing_and_the_button_acts(client):
    person = subscribed()
    path = path_of(person)
    for headers in ({}, {"Purpose": "prefetch"}, {"X-Http-Method-Override": "POST"}):
        assert "Nothing has changed yet" in client.get(path, headers=headers).content.decode()
        client.head(path, headers=headers)
    assert state_of(person) == SubscriberState.SUBSCRIBED
    assert client.post(path, {"intent": "all"}, **ORIGIN).status_code == 303
    gone = Subscriber.objects.get()
    assert (gone.state, gone.name, gone.email, gone.language, gone.riding) == ("unsubscribed", "", "", "", None)
    assert gone.email_fingerprint
    assert Consent.objects.get().withdrawn_at is not None
    page = client.get(path)
    assert "You get no more updates" in page.content.decode()
    assert "no-store" in page["Cache-Control"]


def test_a_mail_program_leaves_in_one_click_from_anywhere_and_gets_no_redirect(client):
    person = subscribed()
    for extra in ({}, {"HTTP_ORIGIN": "https://mail.example"}, {"HTTP_SEC_FETCH_SITE": "cross-site"}):
        response = client.post(path_of(person), ONE_CLICK, **extra)
        assert response.status_code == 200
        assert "You get no more updates" in response.content.decode()
        assert not response.cookies
    assert state_of(person) == SubscriberState.UNSUBSCRIBED


def test_a_page_of_somebody_else_cannot_press_the_button(client):
    person = subscribed()
    assert client.post(path_of(person), {"intent": "all"}, HTTP_ORIGIN="https://evil.example").status_code == 403
    assert client.post(path_of(person), {"intent": "all"}).status_code == 403
    assert state_of(person) == SubscriberState.SUBSCRIBED


def test_many_from_one_address_can_leave_at_once(client, settings):
    from actions.protection.limits import Limit

    settings.PROTECTION_LIMITS = {name: Limit(1, 3600) for name in ("flood", "submit", "confirm")}
    people = [subscribed() for _ in range(5)]
    assert {client.post(path_of(person), ONE_CLICK).status_code for person in people} == {200}
    assert {state_of(person) for person in people} == {"unsubscribed"}


def test_a_link_works_for_ever_also_after_coming_back(client):
    person = subscribed(email="ada@reader.example")
    path = path_of(person)
    for _ in range(3):
        client.post(path, ONE_CLICK)
        assert state_of(person) == "unsubscribed"
        assert subscribed(email="ada@reader.example").pk == person.pk
    assert path_of(Subscriber.objects.get()) == path


def test_the_database_alone_takes_nobody_off():
    person = subscribed()
    token = leave_token(person.row_key, key=list_key())
    assert token not in str(list(Subscriber.objects.values())) + str(list(RecordKey.objects.values()))
    assert subscriber_of(person.leave_hash) is None
    assert subscriber_of(token) == person


@pytest.mark.parametrize("code", CODES)
def test_a_damaged_link_says_so_and_what_mail_programs_append_does_no_harm(client, code):
    person = subscribed()
    path = path_of(person, language=code)
    for damaged in (f"/{code}/subscribe/leave/{secrets.token_hex(32)}/", path[:-4], f"/{code}/subscribe/leave/x/9/"):
        assert client.get(damaged).status_code == 404
        assert client.post(damaged, ONE_CLICK).status_code == 404
    for end in (".", ")", ")./", "?utm=1"):
        assert client.get(path.rstrip("/") + end).status_code == 200
    assert state_of(person) == SubscriberState.SUBSCRIBED


def test_what_is_no_form_is_refused(client):
    path = path_of(subscribed())
    assert client.post(path, b"\xff\xfe=1", content_type="application/x-www-form-urlencoded").status_code == 400
    assert client.post(path, b"{}", content_type="application/json").status_code == 415
    assert client.post(path, ONE_CLICK).status_code == 200


def test_leaving_one_campaign_keeps_the_others(client):
    bill, other = CampaignFactory(), CampaignFactory()
    person = subscribed(campaign=bill)
    path = path_of(person, campaign=bill)
    assert "Leave only the campaign" not in client.get(path).content.decode()  # there is nothing else
    subscribed(email=person.email, campaign=other)
    assert "Leave only the campaign" in client.get(path).content.decode()
    assert client.post(path, {"intent": "campaign"}, **ORIGIN).status_code == 303
    assert state_of(person) == SubscriberState.SUBSCRIBED
    assert list(Consent.objects.filter(withdrawn_at=None).values_list("campaign", flat=True)) == [other.pk]
    assert "nothing about this campaign alone" in client.get(path).content.decode()
    assert not leave_campaign(subscriber_id=person.pk, campaign_id=bill.pk)
    assert leave_campaign(subscriber_id=person.pk, campaign_id=other.pk)
    assert state_of(person) == SubscriberState.UNSUBSCRIBED


def test_one_click_in_a_mail_about_one_campaign_leaves_everything(client):
    bill = CampaignFactory()
    person = subscribed(campaign=bill)
    subscribed(email=person.email)
    client.post(path_of(person, campaign=bill), ONE_CLICK)
    assert state_of(person) == SubscriberState.UNSUBSCRIBED
    assert not leave(subscriber_id=person.pk)


@pytest.mark.parametrize("number", ["9" * 30, str(2**63), "123456789", "9" * 300])
def test_a_number_that_is_no_campaigns_is_as_good_as_none(client, number):
    person = subscribed()
    path = f"{path_of(person)}{number}/"
    assert client.get(path).status_code == 200
    assert "Leave only the campaign" not in client.get(path).content.decode()
    assert client.post(path, {"intent": "campaign"}, **ORIGIN).status_code == 303
    assert state_of(person) == SubscriberState.UNSUBSCRIBED


def test_whoever_leaves_is_in_no_sign_up_either(client):
    person = subscribed(email="ada@reader.example")
    signed_up(email="ada@reader.example")
    waiting = mailed_link()
    signed_up(email="ada@reader.example")
    other = signed_up(email="kim@reader.example")
    mail.outbox.clear()
    leave(subscriber_id=person.pk)
    assert list(SignUp.objects.all()) == [other]
    assert client.post(waiting, {}, **ORIGIN).status_code == 404
    Worker().drain()
    assert [message.recipients() for message in mail.outbox] == [["kim@reader.example"]]
    signed_up(email="ada@reader.example")
    assert not leave(subscriber_id=person.pk)
    assert list(SignUp.objects.all()) == [other]


def test_the_page_says_that_a_campaign_was_left_only_when_it_was(client):
    bill, other = CampaignFactory(), CampaignFactory()
    person = subscribed(campaign=other)
    assert "nothing about this campaign alone" not in client.get(path_of(person, campaign=bill)).content.decode()
