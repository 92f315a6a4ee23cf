"""The sign-up for updates and the link to leave, with everything that people and programs send."""

from __future__ import annotations

import pytest

from actions.outbox.models import OutboxMessage
from actions.outbox.supporter_mail import OutboxQueue
from actions.subscribers.leaving import leave_link, leave_token, list_key
from actions.subscribers.models import SignUp, Subscriber
from actions.subscribers.wording import Shown, sign_shown
from tests.bad_input import corpus
from tests.bad_input.reading import dangers, sent, shape
from tests.factories.pages import CODES
from tests.factories.subscribers import WORDING, known_sender, subscribed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _addresses_of_ours(db):
    known_sender()


URL = "/en/subscribe/"
TYPED = {
    "email": [*corpus.EMAILS_REFUSED, *corpus.EMAILS_KEPT, *corpus.TEXTS],
    "name": [*corpus.NAMES_KEPT, *corpus.NAMES_CLEANED, *corpus.NAMES_REFUSED, *corpus.HEADER_BREAKS, *corpus.TEXTS],
    "postal_code": [*corpus.POSTAL_CODES_KEPT, *corpus.POSTAL_CODES_REFUSED, *corpus.TEXTS],
    "shown": [*corpus.TEXTS, *corpus.HEADER_BREAKS, "x" * 5_000, ":", "e30:x"],
}


@pytest.mark.parametrize("field", TYPED)
def test_whatever_is_typed_is_taken_or_refused_and_never_acts(stranger, field):
    shown = sign_shown(Shown(WORDING, "en", URL))
    for number, value in enumerate(TYPED[field]):
        data = {"email": f"reader{number}@reader.example", "name": "陳大文", "shown": shown, field: value}
        response = stranger.post(URL, data)
        assert response.status_code in (303, 400, 413, 422), (field, value)
        if response.status_code == 422:
            assert "error-summary" in response.content.decode(), (field, value)
            assert dangers(response.content.decode()) == [], (field, value)
    mails = [OutboxQueue().prepare(mail) for mail in OutboxMessage.objects.all()]
    assert all(sent(mail) for mail in mails)
    assert len({tuple(sorted(shape(mail.alternatives[0][0]).items())) for mail in mails}) <= 1


def test_a_link_to_leave_that_is_damaged_takes_nobody_off(stranger):
    person = subscribed()
    token = leave_token(person.row_key, key=list_key())
    for number, raw in enumerate(corpus.damaged(token)):
        path = f"/{CODES[number % 3]}/subscribe/leave/{raw}/"
        for response in (stranger.get(path), stranger.post(path, {"List-Unsubscribe": "One-Click"})):
            assert response.status_code in (400, 404), path
    for raw in corpus.dressed(token):
        assert stranger.get(f"/en/subscribe/leave/{raw}", follow=True).status_code == 200, raw
    assert Subscriber.objects.get().state == "subscribed"


def test_only_post_leaves(stranger):
    path = leave_link(subscribed(), language="en", key=list_key()).removeprefix("http://testserver")
    for method in ("GET", "HEAD", "OPTIONS", *corpus.METHODS_REFUSED):
        response = stranger.client.generic(method, f"{path}?intent=all&List-Unsubscribe=One-Click")
        assert response.status_code in (200, 400, 405)
    assert Subscriber.objects.get().state == "subscribed"
    assert not SignUp.objects.exists()
