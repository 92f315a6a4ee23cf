"""Staff write an update, see whom it reaches and how it looks, test it on themselves, send it and stop it."""

from __future__ import annotations

import html
import re

import pytest
from django.core import mail
from django.urls import reverse

from actions.outbox.models import OutboxMessage
from actions.outbox.worker import Worker
from actions.privacy.models import AccessLog
from actions.subscribers.models import SignUp
from actions.subscribers.update_models import RunState, Update, UpdateRun
from tests.factories.letters import CampaignFactory
from tests.factories.subscribers import known_sender, on_its_way, signed_up, subscribed, written_update

pytestmark = pytest.mark.django_db


@pytest.fixture
def update() -> Update:
    subscribed(email="canary@reader.example", name="Canary Reader")
    subscribed(email="zh@reader.example", language="zh-hant")
    return written_update()


@pytest.fixture
def page(update) -> str:
    return reverse("subscribers_send", args=[update.pk])


def test_an_editor_writes_tests_and_may_not_send(editor, page, update):
    shown = editor.get(page).content.decode()
    assert "somebody who may send them presses the button" in shown
    assert "The vote is on Tuesday" in shown
    assert "Le vote est mardi" in shown
    assert editor.post(page, {"intent": "test-en"}).status_code == 302
    Worker().drain()
    (arrived,) = mail.outbox
    assert arrived.recipients() == ["editor@staff.example"]
    assert arrived.subject == "[TEST] The vote is on Tuesday"
    assert "leave/" not in arrived.body
    for intent in ("send", "stop", "resume"):
        # Wagtail leads whoever lacks a permission back to the front page.
        assert editor.post(page, {"intent": intent, "missing": "fallback"})["Location"] == reverse("wagtailadmin_home")
    assert not UpdateRun.objects.exists()
    assert AccessLog.objects.get().verb == "test update"


def test_a_test_goes_out_once_in_five_minutes_and_only_to_an_account_that_is_there(editor, page):
    for _ in range(3):
        editor.post(page, {"intent": "test-en"})
    editor.post(page, {"intent": "test-zh-hant"})
    assert OutboxMessage.objects.count() == 1
    editor.user.email = "elsewhere@staff.example"
    editor.user.save()
    Worker().drain()
    assert not mail.outbox


def seen_on(client, page: str) -> str:
    return html.unescape(re.search(r'name="seen" value="([^"]+)"', client.get(page).content.decode())[1])


def test_what_an_editor_changed_after_the_preview_is_not_sent(moderator, page, update):
    seen = seen_on(moderator, page)
    Update.objects.filter(pk=update.pk).update(body_en="Something else")
    answer = moderator.post(page, {"intent": "send", "missing": "fallback", "seen": seen}, follow=True)
    assert "Look again, then send" in answer.content.decode()
    assert not UpdateRun.objects.exists()


def test_without_our_addresses_neither_test_nor_update_leaves_and_the_settings_are_near(superuser, page):
    seen = seen_on(superuser, page)
    known_sender(postal_address="")
    for data in ({"intent": "test-en"}, {"intent": "send", "missing": "fallback", "seen": seen}):
        shown = superuser.post(page, data, follow=True).content.decode()
        assert "must name a postal address and a contact address" in shown
        assert reverse("wagtailsettings:edit", args=["home", "sitesettings"]) in shown
    assert not OutboxMessage.objects.exists()
    assert not UpdateRun.objects.exists()


def test_whoever_sends_sees_both_numbers_and_has_to_choose(moderator, page, update):
    shown = moderator.get(page).content.decode()
    assert "They get it in another language, with a note: 2" in shown
    assert "They are left out: 1" in shown
    moderator.post(page, {"intent": "send"})
    assert not UpdateRun.objects.exists()
    moderator.post(page, {"intent": "send", "missing": "leave-out", "seen": seen_on(moderator, page)})
    assert UpdateRun.objects.get().expected == 1
    entry = AccessLog.objects.get()
    assert (entry.username, entry.verb, entry.count) == ("moderator", "send update", 1)
    moderator.post(page, {"intent": "send", "missing": "fallback"})
    assert UpdateRun.objects.get().expected == 1


def test_the_stop_and_the_way_on_stand_on_the_page(moderator, page, update):
    on_its_way(update)
    assert 'value="stop"' in moderator.get(page).content.decode()
    moderator.post(page, {"intent": "stop"})
    assert UpdateRun.objects.get().state == RunState.STOPPED
    assert 'value="resume"' in moderator.get(page).content.decode()
    moderator.post(page, {"intent": "resume"})
    assert UpdateRun.objects.get().state == RunState.SENDING
    assert moderator.get(page + "?x=1", {}).status_code == 200
    assert moderator.post(page, {"intent": "nonsense"}).status_code == 400


def test_nobody_sees_a_name_or_an_address(moderator, superuser, page, update):
    on_its_way(update)
    for client in (moderator, superuser):
        for address in (page, reverse("subscribers_list"), reverse("wagtailsnippets_actions_update:list")):
            shown = client.get(address).content.decode()
            assert "Canary" not in shown
            assert "canary" not in shown


def test_an_update_is_written_in_the_admin_and_frozen_once_it_is_sent(editor, db):
    add = reverse("wagtailsnippets_actions_update:add")
    assert editor.get(add).status_code == 200
    half = editor.post(add, {"name": "News", "subject_en": "News"}).content.decode()
    assert "fill in both or neither" in half
    assert "in one language at least" in editor.post(add, {"name": "News"}).content.decode()
    assert editor.post(add, {"name": "News", "subject_zh": "消息", "body_zh": "各位朋友："}).status_code == 302
    update = Update.objects.get()
    subscribed(language="zh-hant")
    edit = reverse("wagtailsnippets_actions_update:edit", args=[update.pk])
    assert reverse("subscribers_send", args=[update.pk]) in editor.get(edit).content.decode()
    known_sender()
    on_its_way(update)
    changed = editor.post(edit, {"name": "News", "subject_zh": "另一個", "body_zh": "各位朋友："})
    assert "cannot be changed any more" in changed.content.decode()
    assert Update.objects.get().subject_zh == "消息"


def test_the_list_is_numbers_and_held_sign_ups_can_go_on(moderator, editor, update):
    signed_up(held_reason="limit")
    page = reverse("subscribers_list")
    assert "Send the held ones their mail" in moderator.get(page).content.decode()
    assert "Send the held ones their mail" not in editor.get(page).content.decode()
    assert editor.post(page)["Location"] == reverse("wagtailadmin_home")
    moderator.post(page)
    assert SignUp.objects.get().held_reason == ""
    Worker().drain()
    assert mail.outbox[0].recipients() == ["tai-man@reader.example"]


def test_a_stranger_to_updates_sees_neither_page(db, page):
    from tests.actions.admin.conftest import logged_in

    other = logged_in("other")
    for address in (page, reverse("subscribers_list")):
        assert other.get(address).status_code == 302


def test_held_mails_are_shown_and_decided_about(moderator, page, update):
    run = on_its_way(update)
    for intent, state in (("retry", "queued"), ("give-up", "failed")):
        run.deliveries.update(state="held", held_reason="error")
        assert f'value="{intent}"' in moderator.get(page).content.decode()
        moderator.post(page, {"intent": intent})
        assert set(run.deliveries.values_list("state", flat=True)) == {state}
    assert 'value="retry"' not in moderator.get(page).content.decode()


@pytest.mark.parametrize("name", ["contact_email", "replies_address"])
def test_an_address_that_no_mail_can_carry_is_refused_in_the_settings(superuser, name):
    url = reverse("wagtailsettings:edit", args=["home", "sitesettings", known_sender().site_id])
    answer = superuser.post(url, {name: "us@香港.example"})
    assert "Mail cannot be sent with this address" in answer.content.decode()


def test_a_campaign_that_people_agreed_to_is_kept(superuser, db):
    bill = CampaignFactory()
    subscribed(campaign=bill)
    edit = reverse("wagtailsnippets_actions_campaign:edit", args=[bill.pk])
    delete = reverse("wagtailsnippets_actions_campaign:delete", args=[bill.pk])
    assert delete not in superuser.get(edit).content.decode()
    assert superuser.post(delete).status_code in (302, 403)
    bill.refresh_from_db()
