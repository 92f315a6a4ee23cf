"""Links as mail programs, scanners and guessers use them: only the writer's own button press counts, once."""

from __future__ import annotations

import itertools
import re
import secrets
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from actions.confirmations import services as confirmations
from actions.confirmations.models import Confirmation
from actions.letters.models import Letter, LetterDelivery, LetterTally
from actions.letters.states import LetterState
from actions.outbox.worker import Worker
from actions.privacy.services import erase
from tests.bad_input import corpus
from tests.bad_input.conftest import WRITER
from tests.bad_input.reading import dangers, holds
from tests.factories.pages import CODES

pytestmark = pytest.mark.django_db


@pytest.fixture
def link(stranger, letter_campaign) -> str:
    """The path of the mailed link of a letter that waits."""
    stranger.write("send")
    Worker().drain()
    return mailed_link()


def mailed_link() -> str:
    return re.search(r"http://testserver(/\S+/confirm/[0-9a-f]{64}/)", mail.outbox[-1].body)[1]


def token_of(link: str) -> str:
    return link.rstrip("/").rpartition("/")[2]


def nothing_happened() -> bool:
    return Letter.objects.get().state == LetterState.PENDING and not LetterDelivery.objects.exists()


def test_what_is_not_the_token_any_more_leads_to_a_page_that_says_so(stranger, link):
    for code, raw in zip(itertools.cycle(CODES), corpus.damaged(token_of(link)), strict=False):
        path = f"/{code}/act/confirm/{raw}/"
        for response in (stranger.get(path), stranger.post(path, {}), stranger.post(path, {"intent": "withdraw"})):
            assert response.status_code == 404, path
            html = response.content.decode()
            assert f'class="button" href="/{code}/"' in html
            assert WRITER["email"] not in html
    assert nothing_happened()


def test_what_mail_programs_add_does_not_break_the_link(stranger, link):
    for raw in corpus.dressed(token_of(link)):
        shown = stranger.get(f"/en/act/confirm/{raw}", follow=True)
        assert (shown.status_code, holds(shown.content.decode(), WRITER["own_words"])) == (200, True), raw
    assert nothing_happened()
    assert stranger.post(shown.request["PATH_INFO"], {}).status_code == 303
    assert LetterDelivery.objects.count() == 1


def test_guessing_finds_nothing(stranger, link):
    for _ in range(20):
        assert stranger.get(f"/en/act/confirm/{secrets.token_hex(32)}/").status_code == 404


def test_a_scanner_changes_nothing(stranger, link):
    for method in ("GET", "HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE"):
        for headers in ({}, {"Purpose": "prefetch"}, {"X-Http-Method-Override": "POST"}):
            response = stranger.client.generic(method, f"{link}?intent=withdraw", headers=headers)
            assert response.status_code in (200, 405)
    assert nothing_happened()


def test_another_page_cannot_press_the_button(stranger, link):
    for origin in ("http://evil.example", "null", "http://testserver.evil.example"):
        assert stranger.post(link, {}, HTTP_ORIGIN=origin).status_code == 403
    assert stranger.client.post(link, {}).status_code == 403
    assert nothing_happened()


def test_a_page_behind_a_link_is_kept_by_nobody_and_tells_nobody(stranger, link):
    response = stranger.get(link)
    assert "no-store" in response["Cache-Control"]
    assert response["Referrer-Policy"] == "same-origin"
    html = response.content.decode()
    assert '<meta name="robots" content="noindex">' in html
    assert dangers(html) == []


def test_the_button_acts_once(stranger, link):
    answers = [stranger.post(link, {"intent": intent}) for intent in ("", "send", "nonsense", "confirm" * 1_000)]
    assert {(answer.status_code, answer["Location"]) for answer in answers} == {(303, link)}
    assert LetterDelivery.objects.count() == LetterTally.objects.get().confirmed == 1
    assert "Nothing has been sent yet" not in stranger.get(link).content.decode()


def test_a_letter_once_deleted_cannot_be_sent(stranger, link):
    assert stranger.post(link, {"intent": "withdraw"}).status_code == 303
    assert stranger.post(link, {}).status_code == 303
    html = stranger.get(link).content.decode()
    assert "has been deleted" in html
    assert not holds(html, WRITER["own_words"])
    assert not LetterDelivery.objects.exists()


def test_a_link_works_for_seven_days_and_for_its_purpose_only(stranger, link):
    Confirmation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert stranger.post(link, {}).status_code == 404
    letter = Letter.objects.get()
    others = [
        confirmations.issue(purpose="petition", object_id=letter.pk),
        confirmations.issue(purpose="letter", object_id=letter.pk + 1),
        confirmations.issue(purpose="letter", object_id=2**62),
    ]
    for token in others:
        assert stranger.post(f"/en/act/confirm/{token}/", {}).status_code == 404
    assert nothing_happened()


def test_a_letter_cannot_be_reached_by_the_link_of_another(stranger, link):
    stranger.write("send", email="other@writer.example", own_words="The other letter")
    Worker().drain()
    other = mailed_link()
    assert "The other letter" not in stranger.get(link).content.decode()
    stranger.post(link, {})
    assert Letter.objects.get(pk=LetterDelivery.objects.get().letter_id).own_words == WRITER["own_words"]
    assert "Nothing has been sent yet" in stranger.get(other).content.decode()


@pytest.mark.parametrize("change", ["closes_at", "is_stopped", "is_paused"])
def test_a_link_opens_also_when_the_campaign_is_over(stranger, link, letter_campaign, change):
    value = timezone.now() if change == "closes_at" else True
    type(letter_campaign).objects.filter(pk=letter_campaign.pk).update(**{change: value})
    assert stranger.get(link).status_code == 200
    assert stranger.post(link, {}).status_code == 303
    assert stranger.get(link).status_code == 200


def test_erasing_while_a_letter_waits_leaves_nothing_to_send(stranger, link):
    stranger.post(link, {})
    erase(WRITER["email"])
    sent_before = len(mail.outbox)
    Worker().drain()
    assert len(mail.outbox) == sent_before
    assert stranger.get(link).status_code == 200
    assert stranger.post(link, {}).status_code == 303
