"""Fifty people post letters at once to a real server while a worker sends: every accepted one is in the database."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

from actions.letters.models import Letter
from actions.outbox.models import OutboxMessage
from actions.outbox.states import DispatchState
from tests.chaos.web import web_server
from tests.chaos.workers import wait_until
from tests.factories.letters import LetterCampaignFactory
from tests.factories.representatives import RepresentativeFactory

pytestmark = [pytest.mark.chaos, pytest.mark.django_db(transaction=True)]

CLIENTS = 50
POSTS_EACH = int(os.environ.get("CHAOS_POSTS", "6"))


def test_every_accepted_letter_is_in_the_database_and_nothing_is_locked(mail_server, workers, tmp_path):
    riding = RepresentativeFactory().riding
    ask = LetterCampaignFactory(slug="second-reading")
    assert ask.wordings.exists()
    with web_server(tmp_path / "web.log") as web, ThreadPoolExecutor(CLIENTS) as pool:
        wait_until(web.is_up)
        address = web.address
        worker = workers.hire()

        def write_letters(number: int) -> list[tuple[str, int]]:
            with requests.Session() as browser:
                browser.headers.update({"Origin": address, "X-Forwarded-For": f"198.51.100.{number}"})
                return [post_letter(browser, f"writer{number}.{turn}@writer.example") for turn in range(POSTS_EACH)]

        def post_letter(browser: requests.Session, email: str) -> tuple[str, int]:
            data = {
                "intent": "send",
                "name": "陳大文",
                "email": email,
                "postal_code": "K1A 0A6",
                "riding": riding.pk,
                "letter_language": "en",
                "subject": "Please support C-400",
                "body": "Please vote for it.",
                "own_words": "我的家人在香港。",
            }
            page = f"{address}/en/act/letters/{ask.slug}/write/"
            return email, browser.post(page, data, allow_redirects=False, timeout=60).status_code

        answers = [answer for answers in pool.map(write_letters, range(CLIENTS)) for answer in answers]
    assert {status for _, status in answers} == {303}
    assert sorted(letter.email for letter in Letter.objects.all()) == sorted(email for email, _ in answers)
    wait_until(lambda: not OutboxMessage.objects.exclude(state=DispatchState.SENT).exists(), seconds=30)
    assert len({mail.message_id for mail in mail_server.accepted}) == len(mail_server.accepted) == len(answers)
    assert worker.stop() == 0
    for log in ((tmp_path / "web.log").read_text(), worker.output()):
        assert "locked" not in log
        assert "Traceback" not in log
        assert "writer.example" not in log
