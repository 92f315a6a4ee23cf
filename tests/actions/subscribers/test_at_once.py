"""The same thing many times at the same moment has one effect; each thread is a web process of its own."""

from __future__ import annotations

import pytest
from django.test import Client

from actions.protection.tokens import issue_token
from actions.subscribers.leaving import leave_link, list_key
from actions.subscribers.models import Consent, SignUp, Subscriber
from actions.subscribers.services import confirm, offer
from tests.actions.subscribers.conftest import ORIGIN, URL, mailed_link, shown_in
from tests.factories.subscribers import WORDING, signed_up, subscribed
from tests.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_twenty_posts_of_one_attempt_are_one_sign_up(client):
    data = {
        "email": "ada@reader.example",
        "shown": shown_in(client.get(URL).content.decode()),
        "form_token": issue_token("subscribe"),
    }
    answers = at_once(20, lambda number: Client().post(URL, data, **ORIGIN).status_code)
    assert answers == [303] * 20
    assert SignUp.objects.count() == 1


def test_twenty_presses_of_the_button_give_one_place_and_one_consent():
    signed_up()
    link = mailed_link()
    assert at_once(20, lambda number: Client().post(link, {}, **ORIGIN).status_code) == [303] * 20
    assert Subscriber.objects.count() == Consent.objects.count() == 1


def test_one_mailbox_from_twenty_sides_has_one_place():
    waiting = [signed_up(email="ada@reader.example").pk for _ in range(3)]

    def join(number: int) -> None:
        if number % 2:
            confirm(sign_up_id=waiting[number % 3])
            return
        offer(
            email="Ada@Reader.example",
            name="Ada",
            language="fr",
            riding=None,
            consent_text=WORDING,
            page="/fr/",
            source="letter",
        )

    at_once(20, join)
    assert Subscriber.objects.get().state == "subscribed"
    assert Consent.objects.count() == 13


def test_leaving_at_once_from_mail_program_and_button_is_leaving_once():
    person = subscribed()
    path = leave_link(person, language="en", key=list_key()).removeprefix("http://testserver")
    posted = ({"List-Unsubscribe": "One-Click"}, {"intent": "all"})
    answers = at_once(20, lambda number: Client().post(path, posted[number % 2], **ORIGIN).status_code)
    assert set(answers) == {200, 303}
    assert Subscriber.objects.get().state == "unsubscribed"
    assert Consent.objects.filter(withdrawn_at=None).count() == 0
