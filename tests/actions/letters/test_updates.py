"""Who ticks the box under a letter is on the list once the letter is confirmed, with the words they saw."""

from __future__ import annotations

import pytest

from actions.letters import services
from actions.letters.models import Letter
from actions.subscribers.models import Consent, Subscriber
from tests.actions.letters.reading import URL, WRITER, hidden_fields, post
from tests.factories.letters import written_letter

AGREED = {"wants_updates": True, "consent_text": "Write to me.", "consent_page": URL}


def send(client, url: str = URL, **fields):
    return post(client, f"{url}write/", {**WRITER, "intent": "send", **fields})


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("en", "Write to me about what becomes of it. You can leave at any time."),
        ("fr", "Écrivez-moi pour me dire ce qu’il en advient. Vous pouvez vous désinscrire en tout temps."),
        ("zh-hant", "請以電郵告知我後續發展。你可以隨時取消。"),
    ],
)
def test_the_words_beside_the_box_are_kept_in_the_pages_language(client, letter_campaign, code, words):
    url = URL.replace("/en/", f"/{code}/")
    page = post(client, f"{url}find/", {"postal_code": "K1A 0A6"}).content.decode()
    assert 'name="wants_updates"' in page
    assert "checked" not in page
    send(client, url, wants_updates="on")
    letter = Letter.objects.get()
    assert (letter.wants_updates, letter.consent_text, letter.consent_page) == (True, words, url)


def test_an_empty_box_keeps_nothing(client, letter_campaign):
    send(client)
    letter = Letter.objects.get()
    assert (letter.wants_updates, letter.consent_text, letter.consent_page) == (False, "", "")
    services.confirm(letter_id=letter.pk)
    assert not Subscriber.objects.exists()


def test_the_tick_travels_through_the_check_step(client, letter_campaign):
    page = post(client, f"{URL}write/", {**WRITER, "intent": "check", "wants_updates": "on"}).content.decode()
    assert hidden_fields(page)["wants_updates"] == "on"


def test_the_writer_is_on_the_list_once_the_letter_is_confirmed(letter_campaign, riding):
    letter = written_letter(letter_campaign, riding=riding, **AGREED)
    assert not Subscriber.objects.exists()
    services.confirm(letter_id=letter.pk)
    services.confirm(letter_id=letter.pk)
    person = Subscriber.objects.get()
    assert (person.name, person.email, person.riding) == ("陳大文", "tai-man@writer.example", riding)
    consent = Consent.objects.get()
    assert (consent.wording, consent.page, consent.source) == ("Write to me.", URL, "letter")
    assert consent.campaign == letter_campaign.campaign


def test_a_letter_in_doubt_puts_nobody_on_the_list_until_a_person_lets_it_go(letter_campaign, riding):
    letter = written_letter(letter_campaign, riding=riding, held_reason="limit", **AGREED)
    services.confirm(letter_id=letter.pk)
    assert not Subscriber.objects.exists()
    services.release(letter_id=letter.pk)
    assert Subscriber.objects.count() == 1


def test_a_letter_that_is_refused_puts_nobody_on_the_list(letter_campaign, riding):
    letter = written_letter(letter_campaign, riding=riding, held_reason="limit", **AGREED)
    services.confirm(letter_id=letter.pk)
    services.refuse(letter_id=letter.pk)
    assert not Subscriber.objects.exists()


def test_a_letter_whose_mp_changed_still_keeps_its_writer_in_touch_and_only_once(letter_campaign, riding, member):
    letter = written_letter(letter_campaign, riding=riding, **AGREED)
    type(member).objects.filter(pk=member.pk).update(email="another@parl.example")
    services.confirm(letter_id=letter.pk)
    Subscriber.objects.update(state="unsubscribed")
    services.release(letter_id=letter.pk)
    assert Subscriber.objects.get().state == "unsubscribed"
    assert Consent.objects.count() == 1


def test_a_letter_taken_back_before_puts_nobody_on_the_list(letter_campaign, riding):
    letter = written_letter(letter_campaign, riding=riding, **AGREED)
    services.withdraw(letter_id=letter.pk)
    services.confirm(letter_id=letter.pk)
    assert not Subscriber.objects.exists()
