"""Nobody learns from our answer whether an address has written before, or what we think of a letter."""

from __future__ import annotations

import pytest

from actions.letters import services
from actions.letters.models import Letter
from actions.letters.states import LetterState
from actions.protection.limits import Limit
from actions.protection.tokens import issue_token
from tests.bad_input.conftest import INBOX
from tests.factories.pages import CODES

pytestmark = pytest.mark.django_db


def test_new_repeated_held_and_spent_letters_get_the_same_answer(stranger, letter_campaign, settings):
    token = issue_token("letter")
    answers = [stranger.write("send", form_token=token)]
    services.confirm(letter_id=Letter.objects.get().pk)
    answers.append(stranger.write("send", form_token=token))  # the attempt was accepted before
    answers.append(stranger.write("send"))  # this address has a letter on its way
    answers.append(stranger.write("send", website="spam"))
    answers += [stranger.write("send") for _ in range(8)]  # more mails than an address gets in a day
    settings.PROTECTION_LIMITS = {"submit": Limit(1, 3600)}
    answers.append(stranger.write("send", email="somebody@writer.example"))
    states = set(Letter.objects.values_list("state", "held_reason"))
    assert {(LetterState.HELD, "honeypot"), (LetterState.HELD, "limit"), (LetterState.PENDING, "")} <= states
    headers = [sorted((name, value) for name, value in one.items() if name != "Expires") for one in answers]
    assert headers == [headers[0]] * len(answers)
    assert {one.content for one in answers} == {b""}
    assert (answers[0].status_code, answers[0]["Location"]) == (303, INBOX)


@pytest.mark.parametrize("code", CODES)
def test_the_page_after_it_is_the_same_for_everyone(stranger, site, code):
    path = INBOX.replace("/en/", f"/{code}/")
    before = stranger.get(path)
    stranger.write("send", url=f"/{code}/act/letters/second-reading/")
    after = stranger.get(f"{path}?email=tai-man@writer.example", headers={"accept-language": "de", "cookie": "a=b"})
    assert before.status_code == after.status_code == 200
    assert before.content == after.content
    assert not after.cookies


def test_an_unknown_and_an_expired_link_look_the_same(stranger, letter_campaign):
    from actions.confirmations import services as confirmations
    from actions.confirmations.models import Confirmation

    expired = confirmations.issue(purpose="letter", object_id=1)
    Confirmation.objects.update(expires_at="2026-01-01T00:00Z")
    pages = [stranger.get(f"/en/act/confirm/{token}/") for token in (expired, "0" * 64)]
    assert pages[0].status_code == pages[1].status_code == 404
    texts = [page.content.decode().replace(expired, "").replace("0" * 64, "") for page in pages]
    assert texts[0] == texts[1]
