"""Every address that takes a POST, found by a walk, gets the same one fifty times at the same moment: one effect."""

from __future__ import annotations

import time
from typing import Any

import pytest
from django.test import Client

from actions.protection.tokens import issue_token
from actions.subscribers.wording import Shown, sign_shown
from tests.bad_input.addresses import Door, examples
from tests.bad_input.conftest import WRITER
from tests.bad_input.rows import rows
from tests.bad_input.sample_site import CANARY, make_sample_site
from tests.factories.subscribers import WORDING
from tests.stubs.stripe_server import stripe_stand_in, webhook
from tests.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)

TIMES, TIMES_WITHOUT_EFFECT = 50, 10
SECRET = "whsec_0123456789abcdef"
PERSON = {"name": "陳大文", "email": "tai-man@reader.example", "postal_code": "K1A 0A6"}
# What is kept besides the effect itself: what was said at the time, a place under the mail cap, the attempt.
BESIDES = {
    "wordingversion", "mailallowance", "spenttoken", "letterday", "lettertally", "recordkey", "home_navigationsettings",
}  # fmt: skip
ONE_MAIL = {"confirmation": 1, "outboxmessage": 1}
GIFT = {"amount": "25", "frequency": "one_time"}
# Address -> the form's name in its token, what is typed, and the rows that come of it.
FORMS: dict[str, tuple[str, dict[str, str], dict[str, int]]] = {
    "/en/act/confirm/{letter}/": ("", {}, {"letterdelivery": 1}),
    "/en/act/confirm/{petition}/": ("", {}, {"tallydelta": 1}),
    "/en/act/confirm/{event}/": ("", {}, ONE_MAIL),
    "/en/act/confirm/{subscribe}/": ("", {}, {"subscriber": 1, "consent": 1}),
    "/en/act/confirm/{letter}": ("", {}, {}),  # done already
    "/en/act/donate/manage/": ("donor-link", {"email": CANARY["email"]}, {"donorlinkwish": 1, **ONE_MAIL}),
    "/en/act/donate/manage/{donor}/": ("", {"intent": "receipts-off"}, {}),
    "/en/act/donate/manage/{donor}": ("", {"intent": "receipts-off"}, {}),
    "/en/act/donate/sample/give/": ("donation", GIFT, {"donation": 1}),
    "/en/act/events/sample/": ("event", PERSON, {"eventsignup": 1, **ONE_MAIL}),
    "/en/act/letters/sample/find/": ("letter-lookup", PERSON, {}),
    "/en/act/letters/sample/write/": ("letter", {**WRITER, "intent": "send"}, {"letter": 1, **ONE_MAIL}),
    "/en/act/letters/sample/pdf/": ("letter-pdf", WRITER, {}),
    "/en/act/petitions/sample/sign/": ("petition", PERSON, {"signature": 1, **ONE_MAIL}),
    "/en/subscribe/": ("subscribe", {**PERSON, "shown": "{shown}"}, {"signup": 1, **ONE_MAIL}),
    "/en/subscribe/leave/{leave}/": ("", {}, {}),
    "/en/subscribe/leave/{leave}/1/": ("", {}, {}),
    "/en/subscribe/leave/{leave}": ("", {}, {}),
    "/stripe/webhook/": ("", {}, {"stripeevent": 1}),
}


@pytest.fixture
def _stripe(settings):
    with stripe_stand_in(seed="7") as stand_in:
        settings.STRIPE_SECRET_KEY, settings.STRIPE_API_BASE = stand_in.key, stand_in.url
        settings.STRIPE_WEBHOOK_SECRETS = [SECRET]
        yield


def request_of(example: str) -> dict[str, Any]:
    """What is sent there, as keywords of the test client's ``post``."""
    if example == "/stripe/webhook/":
        event = {
            "id": "evt_1", "object": "event", "type": "charge.refunded", "livemode": False, "created": int(time.time()),
            "api_version": "x", "data": {"object": {"id": "ch_1", "object": "charge"}},
        }  # fmt: skip
        body, signature = webhook(event, SECRET)
        return {"data": body, "content_type": "application/json", "HTTP_STRIPE_SIGNATURE": signature}
    action, typed, _effect = FORMS[example]
    shown = sign_shown(Shown(WORDING, "en", "/en/subscribe/"))
    data = {name: value.replace("{shown}", shown) for name, value in typed.items()}
    return {"data": {**data, "form_token": issue_token(action)} if action else data}


def test_the_table_knows_every_address_that_takes_a_post():
    assert set(FORMS) == set(examples(Door.FORM, Door.SECRET))


@pytest.mark.usefixtures("_stripe")
def test_fifty_times_at_once_has_the_effect_of_once():
    places = make_sample_site()
    for example, (_action, _typed, effect) in FORMS.items():
        path, sent, before = example.format(**places), request_of(example), rows()
        times = TIMES if effect else TIMES_WITHOUT_EFFECT
        answers = at_once(times, lambda _number: Client().post(path, HTTP_ORIGIN="http://testserver", **sent))  # noqa: B023
        assert {answer.status_code for answer in answers} <= {200, 303}, example
        assert len({answer.get("Location") for answer in answers}) == 1, example
        changes = {name.removeprefix("actions_"): count - before[name] for name, count in rows().items()}
        new = {name: change for name, change in changes.items() if change > 0 and name not in BESIDES}
        assert new == effect, example
