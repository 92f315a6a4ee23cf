"""What the page behind the mailed link says, true in every state of the letter."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.utils import timezone

from actions.letters import services
from actions.letters.models import Letter, LetterCampaign
from actions.letters.states import LetterState
from actions.outbox.worker import Worker
from tests.actions.letters.reading import post, words_of
from tests.factories.letters import written_letter


def link_of(letter: Letter) -> str:
    Worker().drain()
    confirm = next(message for message in reversed(mail.outbox) if message.to == [letter.email])
    return re.search(r"http://testserver(/\S+/confirm/[0-9a-f]{64}/)", confirm.body)[1]


def confirmed_page(client, letter: Letter) -> str:
    link = link_of(letter)
    assert post(client, link, {}).status_code == 303
    return client.get(link).content.decode()


def test_a_letter_whose_mp_changed_is_not_said_to_be_on_its_way(client, letter_campaign, riding, member):
    letter = written_letter(letter_campaign, riding=riding)
    type(member).objects.filter(pk=member.pk).update(email="moved@parl.example")
    page = confirmed_page(client, letter)
    letter.refresh_from_db()
    assert letter.state == LetterState.HELD
    assert "Your letter has not been sent" in page
    assert "We have sent you a mail about this" in page
    assert 'href="/en/act/letters/second-reading/"' in page
    assert "is confirmed" not in page
    assert "noindex" in page


def test_who_cannot_write_again_is_not_asked_to(client, letter_campaign, riding, member):
    letter = written_letter(letter_campaign, riding=riding)
    type(member).objects.filter(pk=member.pk).update(email="moved@parl.example")
    link = link_of(letter)
    post(client, link, {})
    assert "Write again" in client.get(link).content.decode()
    LetterCampaign.objects.update(closes_at=timezone.now())
    closed = client.get(link).content.decode()
    assert "Write again" not in closed
    assert "to write again" not in closed
    assert "with your text in it." in closed
    assert "Back to the campaign" in closed


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "Your letter leaves as"), ("fr", "Votre lettre part dès"), ("zh-hant", "信件會盡快寄出")],
)
def test_the_thanks_end_in_a_sentence_that_stands_alone(client, letter_campaign, riding, language, words):
    """Whatever editors wrote above it."""
    page = words_of(confirmed_page(client, written_letter(letter_campaign, riding=riding, language=language)))
    assert f"Well done. {words}" in page


def test_a_held_letter_looks_like_a_confirmed_one(client, letter_campaign, riding):
    pages = []
    for reason, email in (("", "tai-man@writer.example"), ("limit", "held@writer.example")):
        letter = written_letter(letter_campaign, riding=riding, email=email, held_reason=reason)
        pages.append(words_of(confirmed_page(client, letter)))
    assert pages[0] == pages[1]
    assert "Thank you. Your letter is confirmed." in pages[0]
    assert "if it cannot be delivered, we tell you and send your text back" in pages[0]
    assert "on its way" not in pages[0]


def test_a_repeated_letter_says_why_and_gives_the_text_back(client, letter_campaign, riding):
    services.confirm(letter_id=written_letter(letter_campaign, riding=riding).pk)
    again = written_letter(letter_campaign, riding=riding, body="Something new <b>.")
    page = confirmed_page(client, again)
    again.refresh_from_db()
    assert again.state == LetterState.REPEATED
    assert "These people already have a letter from this address" in page
    assert "At most two people can write from one e-mail address" in page
    assert "Something new &lt;b&gt;." in page
    assert "was sent through Alliance" not in page
    Letter.objects.filter(pk=again.pk).update(body="", own_words="")
    assert "Here is what you wrote" not in client.get(link_of(again)).content.decode()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_page_shows_the_text_exactly_as_it_arrives(client, letter_campaign, riding, language):
    from tests.actions.letters.reading import URL, WRITER

    data = {**WRITER, "letter_language": language}
    checked = words_of(post(client, f"{URL}write/", {**data, "intent": "check"}).content.decode())
    post(client, f"{URL}write/", {**data, "intent": "send"})
    link = link_of(Letter.objects.get())
    shown = words_of(client.get(link).content.decode())
    post(client, link, {})
    Worker().drain()
    arrived = next(message for message in mail.outbox if message.to == ["jordan.lee@parl.example"])
    assert "Alliance Canada Hong Kong" in arrived.body
    assert " ".join(arrived.body.split()) in checked
    assert " ".join(arrived.body.split()) in shown


def test_a_text_that_comes_back_does_not_claim_to_have_come_through_us(letter_campaign, riding, member):
    letter = written_letter(letter_campaign, riding=riding)
    type(member).objects.filter(pk=member.pk).update(email="moved@parl.example")
    services.confirm(letter_id=letter.pk)
    Worker().drain()
    assert "Please vote for it." in mail.outbox[-1].body
    assert "sent through Alliance" not in mail.outbox[-1].body
