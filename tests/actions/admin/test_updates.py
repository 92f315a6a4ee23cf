"""Staff write an update, see whom it reaches and how it looks, test it on themselves, send it and stop it."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.urls import reverse

from actions.outbox.models import OutboxMessage
from actions.outbox.worker import Worker
from actions.privacy.models import AccessLog
from actions.subscribers.models import SignUp
from actions.subscribers.update_models import RunState, Update, UpdateRun
from home.site_settings import SiteSettings
from tests.factories.subscribers import on_its_way, say_who_we_are, signed_up, subscribed, written_update

pytestmark = pytest.mark.django_db


@pytest.fixture
def update() -> Update:
    subscribed(email="canary@reader.example", name="Canary Reader")
    subscribed(email="zh@reader.example", language="zh-hant")
    return written_update()


@pytest.fixture
def page(update) -> str:
    return reverse("subscribers_send", args=[update.pk])


def seen_on(shown: str) -> str:
    """What the button sends along of what the page shows."""
    return re.search(r'name="seen" value="([^"]+)"', shown)[1]


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


def test_whoever_sends_sees_both_numbers_and_has_to_choose(moderator, page, update):
    shown = moderator.get(page).content.decode()
    assert "They get it in another language, with a note: 2" in shown
    assert "They are left out: 1" in shown
    seen = seen_on(shown)
    moderator.post(page, {"intent": "send", "seen": seen})
    assert not UpdateRun.objects.exists()
    moderator.post(page, {"intent": "send", "missing": "leave-out", "seen": seen})
    assert UpdateRun.objects.get().expected == 1
    entry = AccessLog.objects.get()
    assert (entry.username, entry.verb, entry.count) == ("moderator", "send update", 1)
    moderator.post(page, {"intent": "send", "missing": "fallback", "seen": seen})
    assert UpdateRun.objects.get().expected == 1


@pytest.mark.parametrize("seen", ["", "nonsense", "0:9999", "x" * 400])
def test_nothing_leaves_that_was_not_seen(moderator, page, seen):
    moderator.post(page, {"intent": "send", "missing": "fallback", "seen": seen})
    assert not UpdateRun.objects.exists()


def test_a_text_an_audience_or_a_number_that_changed_meanwhile_is_looked_at_again(moderator, page, update):
    sent = {"intent": "send", "missing": "fallback", "seen": seen_on(moderator.get(page).content.decode())}
    Update.objects.update(body_en="Something else: https://evil.example")
    assert "Please look again" in moderator.post(page, sent, follow=True).content.decode()
    Update.objects.update(body_en=update.body_en, language="en")
    moderator.post(page, sent)
    Update.objects.update(language="")
    subscribed(email="one-more@reader.example")
    moderator.post(page, sent)
    assert not UpdateRun.objects.exists()
    moderator.post(page, {**sent, "seen": seen_on(moderator.get(page).content.decode())})
    assert UpdateRun.objects.get().expected == 3


def test_nothing_leaves_without_our_address(moderator, page, update):
    sent = {"intent": "send", "missing": "fallback", "seen": seen_on(moderator.get(page).content.decode())}
    site = SiteSettings.current()
    site.postal_address = ""
    site.save()
    assert "By law" in moderator.post(page, sent, follow=True).content.decode()
    moderator.post(page, {"intent": "test-en"})
    assert not UpdateRun.objects.exists()
    assert not OutboxMessage.objects.exists()


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
    say_who_we_are()
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
