"""The form for a place at an event, with everything that people and programs send."""

from __future__ import annotations

import pytest

from actions.events.models import EventSignUp
from actions.events.services import confirm
from actions.outbox.models import OutboxMessage
from actions.outbox.supporter_mail import OutboxQueue
from tests.bad_input import corpus
from tests.bad_input.reading import dangers, sent, shape
from tests.factories.events import asked, make_event
from tests.factories.subscribers import known_sender

pytestmark = pytest.mark.django_db
URL = "/en/act/events/evening/"
TYPED = {
    "email": [*corpus.EMAILS_REFUSED, *corpus.EMAILS_KEPT, *corpus.TEXTS],
    "name": [*corpus.NAMES_KEPT, *corpus.NAMES_CLEANED, *corpus.NAMES_REFUSED, *corpus.HEADER_BREAKS, *corpus.TEXTS],
    "access_needs": [*corpus.TEXTS, *corpus.HEADER_BREAKS, "x" * 5_000],
}


@pytest.fixture(autouse=True)
def event(db):
    known_sender()
    return make_event(slug="evening")


@pytest.mark.parametrize("field", TYPED)
def test_whatever_is_typed_is_taken_or_refused_and_never_acts(stranger, field):
    for number, value in enumerate(TYPED[field]):
        data = {"email": f"guest{number}@guest.example", "name": "陳大文", field: value}
        response = stranger.post(URL, data)
        assert response.status_code in (303, 400, 413, 422), (field, value)
        if response.status_code == 422:
            assert "error-summary" in response.content.decode(), (field, value)
            assert dangers(response.content.decode()) == [], (field, value)
    for row in EventSignUp.objects.all():
        confirm(sign_up_id=row.pk)
    mails = [OutboxQueue().prepare(mail) for mail in OutboxMessage.objects.filter(kind="event.place")]
    assert all(sent(mail) for mail in mails)
    assert len({tuple(sorted(shape(mail.alternatives[0][0]).items())) for mail in mails}) <= 1


@pytest.mark.parametrize("slug", ["nowhere", "x" * 300, "a'b", "%00", "evening/evening"])
def test_an_odd_address_is_not_found(stranger, slug):
    for path in (f"/en/act/events/{slug}/", f"/fr/act/events/{slug}/calendar.ics"):
        assert stranger.get(path).status_code in (400, 404), path
        assert stranger.post(path, {}).status_code in (400, 403, 404, 405), path


def test_a_held_sign_up_of_a_program_is_no_mail(event):
    asked(event, held_reason="honeypot")
    assert not OutboxMessage.objects.exists()
