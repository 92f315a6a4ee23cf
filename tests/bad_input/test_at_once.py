"""The same thing many times at the same moment has one effect; each thread is a web process of its own."""

from __future__ import annotations

import pytest

from actions.confirmations import services as confirmations
from actions.letters.models import Letter, LetterDelivery, LetterTally
from actions.letters.states import LetterState
from actions.outbox.models import OutboxMessage
from actions.protection.models import SpentToken
from actions.protection.tokens import issue_token
from actions.wordings.models import WordingVersion
from actions.wordings.services import current_version
from tests.bad_input.conftest import INBOX
from tests.factories.letters import LetterCampaignFactory, written_letter
from tests.factories.representatives import RecipientFactory
from tests.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_fifty_posts_of_one_attempt_are_one_letter(stranger, letter_campaign):
    token = issue_token("letter")
    answers = at_once(50, lambda number: stranger.write("send", form_token=token))
    assert [(answer.status_code, answer["Location"]) for answer in answers] == [(303, INBOX)] * 50
    assert Letter.objects.count() == OutboxMessage.objects.count() == SpentToken.objects.count() == 1
    assert WordingVersion.objects.count() == 1


def test_fifty_presses_of_one_button_send_one_letter_to_each(stranger, member):
    campaign = LetterCampaignFactory(recipients=[RecipientFactory()], copies=[RecipientFactory(senator=True)])
    letter = written_letter(campaign, riding=member.riding)
    link = confirmations.link(confirmations.issue(purpose="letter", object_id=letter.pk), language="en")
    answers = at_once(50, lambda number: stranger.post(link.removeprefix("http://testserver"), {}))
    assert [answer.status_code for answer in answers] == [303] * 50
    assert LetterDelivery.objects.count() == 3
    assert LetterTally.objects.get().confirmed == 1


def test_two_letters_of_one_writer_confirmed_at_once_are_one_letter_to_each(stranger, letter_campaign, member):
    letters = [written_letter(letter_campaign, riding=member.riding, body=text) for text in ("One.", "Two.")]
    assert confirm_all(stranger, letters, times=20) == {LetterState.CONFIRMED: 1, LetterState.REPEATED: 1}
    assert LetterDelivery.objects.count() == LetterTally.objects.get().confirmed == 1


def test_two_people_of_one_household_confirming_at_once_both_write(stranger, letter_campaign, member):
    letters = [written_letter(letter_campaign, riding=member.riding, name=name) for name in ("陳大文", "陳小文")]
    assert confirm_all(stranger, letters, times=20) == {LetterState.CONFIRMED: 2}
    assert LetterDelivery.objects.count() == LetterTally.objects.get().confirmed == 2


def test_pressing_both_buttons_at_once_sends_or_deletes_and_never_half(stranger, letter_campaign, member):
    letter = written_letter(letter_campaign, riding=member.riding)
    path = path_of(letter)
    at_once(20, lambda number: stranger.post(path, {"intent": "withdraw"} if number % 2 else {}))
    letter = Letter.objects.get()
    assert (letter.state, letter.body) == (LetterState.WITHDRAWN, "")
    assert not LetterDelivery.objects.filter(state="queued").exists()


def path_of(letter: Letter) -> str:
    token = confirmations.issue(purpose="letter", object_id=letter.pk)
    return confirmations.link(token, language="en").removeprefix("http://testserver")


def confirm_all(stranger, letters: list[Letter], *, times: int) -> dict[str, int]:
    """Confirm the letters ``times`` times in turn, all at once; how many ended in each state."""
    paths = [path_of(letter) for letter in letters]
    answers = at_once(times, lambda number: stranger.post(paths[number % len(paths)], {}))
    assert {answer.status_code for answer in answers} == {303}
    states = list(Letter.objects.values_list("state", flat=True))
    return {state: states.count(state) for state in set(states)}


def test_a_text_seen_for_the_first_time_by_twenty_is_frozen_once(letter_campaign):
    wording = letter_campaign.wordings.get(locale__language_code="en")
    versions = at_once(20, lambda number: current_version(wording).pk)
    assert len(set(versions)) == WordingVersion.objects.count() == 1
