"""An update reaches whoever is meant once, in their language, with the way out, and nobody who has left."""

from __future__ import annotations

import email
import re
from datetime import timedelta

import pytest
from django.core import mail

from actions.outbox.states import DispatchState
from actions.outbox.worker import Worker
from actions.privacy.models import AccessLog
from actions.subscribers import sending
from actions.subscribers.audience import Audience, members, reach
from actions.subscribers.leaving import leave, leave_campaign
from actions.subscribers.seen import sign_seen
from actions.subscribers.sending import CannotSend, make_batch, make_rows, resume, stop
from actions.subscribers.update_models import Missing, RunState, UpdateDelivery, UpdateRun
from tests.actions.subscribers.conftest import recipients
from tests.factories.letters import CampaignFactory
from tests.factories.representatives import RidingFactory
from tests.factories.subscribers import begin, known_sender, on_its_way, signed_up, subscribed, written_update

pytestmark = pytest.mark.django_db


def one_mail(address: str):
    (found,) = [message for message in mail.outbox if message.recipients() == [address]]
    return found


def test_everybody_on_the_list_gets_it_once_in_their_language():
    for code in ("en", "fr", "zh-hant"):
        subscribed(email=f"{code}@reader.example", language=code)
    gone = subscribed(email="gone@reader.example")
    leave(subscriber_id=gone.pk)
    signed_up(email="waiting@reader.example")
    mail.outbox.clear()
    run = on_its_way()
    assert run.expected == 3
    Worker().drain()
    Worker().drain()
    updates = [message for message in mail.outbox if "List-Id" in message.extra_headers]
    assert sorted(message.recipients()[0] for message in updates) == [
        "en@reader.example",
        "fr@reader.example",
        "zh-hant@reader.example",
    ]
    assert one_mail("fr@reader.example").subject == "Le vote est mardi"
    fallback = one_mail("zh-hant@reader.example")
    assert fallback.subject == "The vote is on Tuesday"
    assert fallback.extra_headers["Content-Language"] == "en"
    make_rows(run.started_at)
    assert UpdateRun.objects.get().state == RunState.DONE


def test_those_without_a_text_can_be_left_out():
    subscribed(email="en@reader.example")
    subscribed(email="zh@reader.example", language="zh-hant")
    numbers = reach(Audience(), ["en", "fr"])
    assert (numbers.with_text, numbers.others, numbers.everybody) == (1, 1, 2)
    assert on_its_way(missing=Missing.LEAVE_OUT).expected == 1
    Worker().drain()
    assert recipients() == ["en@reader.example"]


def test_the_audience_is_narrowed_down_by_campaign_language_and_place():
    bill, riding = CampaignFactory(), RidingFactory(fed_num=35079)
    first = subscribed(campaign=bill)
    second = subscribed(language="fr", riding=riding)
    assert set(members(Audience())) == {first, second}
    assert set(members(Audience(campaign_id=bill.pk))) == {first}
    assert set(members(Audience(language="fr"))) == {second}
    assert set(members(Audience(province="ON"))) == set(members(Audience(riding_id=35079))) == {second}
    assert not set(members(Audience(province="QC")))
    leave_campaign(subscriber_id=first.pk, campaign_id=bill.pk)
    assert not set(members(Audience(campaign_id=bill.pk)))


def test_the_mail_shows_the_way_out_and_who_sends_it(client):
    person = subscribed(email="ada@reader.example")
    on_its_way()
    Worker().drain()
    message = one_mail("ada@reader.example")
    text, html = message.body, message.alternatives[0][0]
    assert "You get this mail because you asked for updates of Alliance Canada Hong Kong." in text
    assert "1 Invented Street, Ottawa" in text
    assert 'href="https://achk.example/vote?a=1&amp;b=2"' in html
    assert "<img" not in html
    parsed = email.message_from_bytes(message.message().as_bytes())
    assert parsed["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    link = re.fullmatch(r"<http://testserver(/en/subscribe/leave/[0-9a-f]{64}/)>", parsed["List-Unsubscribe"].strip())[
        1
    ]
    assert link in text
    assert link in html
    assert client.post(link, {"List-Unsubscribe": "One-Click"}).status_code == 200
    person.refresh_from_db()
    assert person.state == "unsubscribed"


def test_a_subject_cannot_open_a_header():
    subscribed(email="ada@reader.example")
    on_its_way(written_update(subject_en="News\r\nBcc: victim@c.example"))
    Worker().drain()
    (message,) = mail.outbox
    assert message.recipients() == ["ada@reader.example"]
    assert "Bcc" not in message.message().as_string().partition("\n\n")[0].replace("Subject: News Bcc:", "")
    assert message.subject == "News Bcc: victim@c.example"


def test_whoever_leaves_before_their_turn_gets_nothing():
    bill = CampaignFactory()
    left, withdrew, erased = (subscribed(campaign=bill) for _ in range(3))
    subscribed(email=withdrew.email)
    on_its_way(written_update(campaign=bill))
    leave(subscriber_id=left.pk)
    leave_campaign(subscriber_id=withdrew.pk, campaign_id=bill.pk)
    from actions.privacy.services import erase

    erase(erased.email)
    Worker().drain()
    assert not mail.outbox
    assert set(UpdateDelivery.objects.values_list("state", "held_reason")) == {("failed", "not-wanted")}


def test_who_joins_after_the_button_was_pressed_is_not_written_to():
    subscribed(email="before@reader.example")
    update = written_update()
    begin(update)
    subscribed(email="after@reader.example")
    make_rows(UpdateRun.objects.get().started_at)
    Worker().drain()
    assert recipients() == ["before@reader.example"]


def test_the_stop_acts_before_the_next_mail_and_resuming_goes_on(monkeypatch):
    monkeypatch.setattr(sending, "ROWS_A_MINUTE", 2)
    people = [subscribed() for _ in range(5)]
    run = on_its_way()
    assert run.deliveries.count() == 2
    assert stop(update_id=run.pk, user=None)
    assert not stop(update_id=run.pk, user=None)
    make_rows(run.started_at)
    Worker().drain()
    assert not mail.outbox
    assert run.deliveries.count() == 2
    assert resume(update_id=run.pk, user=None)
    assert not resume(update_id=run.pk, user=None)
    for _ in range(4):
        Worker().drain()
        make_batch(run.pk)
    Worker().drain()
    assert recipients() == sorted(person.email for person in people)
    verbs = list(AccessLog.objects.order_by("pk").values_list("verb", flat=True))
    assert verbs == ["send update", "stop update", "resume update"]


def test_a_stop_in_the_middle_of_a_workers_turn_acts_at_once(monkeypatch):
    people = [subscribed() for _ in range(4)]
    run = on_its_way()
    from actions.outbox.transports import BackendTransport

    transport = BackendTransport()
    send = transport.send

    def stop_after_the_first(message, *, hand_over):
        send(message, hand_over=hand_over)
        stop(update_id=run.pk, user=None)

    transport.send = stop_after_the_first
    Worker(transport=transport).tick()
    assert len(mail.outbox) == 1
    waiting = run.deliveries.filter(state=DispatchState.QUEUED)
    assert (waiting.count(), set(waiting.values_list("attempts", flat=True))) == (len(people) - 1, {0})


def test_rows_wait_for_a_slow_mail_server(monkeypatch):
    monkeypatch.setattr(sending, "ROWS_A_MINUTE", 2)
    for _ in range(5):
        subscribed()
    run = on_its_way()
    assert make_batch(run.pk) == 0
    Worker().drain()
    assert make_batch(run.pk) == 2


def test_those_whom_one_server_puts_off_hold_up_nobody_else(monkeypatch):
    monkeypatch.setattr(sending, "ROWS_A_MINUTE", 2)
    for _ in range(5):
        subscribed()
    run = on_its_way()
    run.deliveries.update(attempts=3, next_attempt_at=run.started_at + timedelta(hours=1))
    assert make_batch(run.pk) == 2


def test_whoever_left_and_came_back_meanwhile_is_not_written_to():
    person = subscribed(email="ada@reader.example")
    on_its_way()
    leave(subscriber_id=person.pk)
    subscribed(email="ada@reader.example")
    Worker().drain()
    assert not mail.outbox
    assert UpdateDelivery.objects.get().held_reason == "not-wanted"


@pytest.mark.parametrize("missing", ["postal_address", "contact_email"])
def test_nothing_is_sent_while_we_do_not_say_where_we_are(missing):
    subscribed()
    update = written_update()
    known_sender(**{missing: " \n" if missing == "postal_address" else ""})
    with pytest.raises(CannotSend, match="postal address and a contact address"):
        begin(update)
    assert not UpdateRun.objects.exists()


@pytest.mark.parametrize("changed", [{"body_fr": "Autre chose."}, {"subject_en": "Other"}, {"province": "ON"}])
def test_what_was_changed_after_the_preview_is_not_sent(changed):
    subscribed(language="fr", riding=RidingFactory(fed_num=35079))
    update = written_update()
    seen = sign_seen(update)
    type(update).objects.filter(pk=update.pk).update(**changed)
    with pytest.raises(CannotSend, match="Look again"):
        begin(update, seen=seen)
    assert not UpdateRun.objects.exists()
    update.refresh_from_db()
    assert begin(update)


def test_a_number_that_grew_is_looked_at_again_and_one_that_fell_is_not():
    people = [subscribed(), subscribed()]
    update, other = written_update(), written_update(name="Another")
    seen = sign_seen(update)
    third = subscribed()
    for forged in (seen, "", "x", sign_seen(other)):
        with pytest.raises(CannotSend, match="Look again"):
            begin(update, seen=forged)
    leave(subscriber_id=third.pk)
    leave(subscriber_id=people[0].pk)
    assert begin(update, seen=seen)
    assert UpdateRun.objects.get().expected == 1


LEAVE = {"en": "without logging in:", "fr": "sans ouvrir de session", "zh-hant": "毋須登入"}


@pytest.mark.parametrize("host", ["https://www.alliance.example.ca", "https://alliance.example.org"])
@pytest.mark.parametrize("code", LEAVE)
def test_the_way_out_is_a_whole_link_in_each_language(settings, host, code):
    settings.SITE_URL = host
    subscribed(email="ada@reader.example", language=code)
    on_its_way(written_update(subject_zh="消息", body_zh=f"請看（{host}/zh-hant/act/），謝謝。"))
    Worker().drain()
    message = one_mail("ada@reader.example")
    html = message.alternatives[0][0]
    assert LEAVE[code] in message.body
    link = message.extra_headers["List-Unsubscribe"].strip("<>")
    assert re.search(rf'<a href="{re.escape(link)}"[^>]*>{re.escape(link)}</a>', html)
    assert link in message.body.split()
    if code == "zh-hant":
        assert f'（<a href="{host}/zh-hant/act/">{host}/zh-hant/act/</a>），謝謝。' in html


def test_a_worker_killed_while_it_makes_rows_doubles_nobody(monkeypatch):
    people = [subscribed() for _ in range(3)]
    update = written_update()
    begin(update)
    create = UpdateDelivery.objects.bulk_create

    def dies(rows, **kwargs):
        create(rows, **kwargs)
        raise SystemExit

    monkeypatch.setattr(UpdateDelivery.objects, "bulk_create", dies)
    with pytest.raises(SystemExit):
        make_batch(update.pk)
    assert not UpdateDelivery.objects.exists()
    monkeypatch.undo()
    assert make_batch(update.pk) == 3
    assert make_batch(update.pk) == 0
    Worker().drain()
    assert recipients() == sorted(person.email for person in people)
