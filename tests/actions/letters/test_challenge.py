"""Letters under attack ask for the check against programs at their last step; who has none is held."""

from __future__ import annotations

import pytest

from actions.letters.models import Letter, LetterCampaign
from actions.letters.states import HeldReason
from tests.actions.letters.reading import URL, WRITER, post
from tests.proofs import proof_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def attacked(letter_campaign):
    LetterCampaign.objects.update(asks_challenge=True)
    return letter_campaign


def write(client, intent: str, **fields: str):
    return post(client, f"{URL}write/", {**WRITER, **fields, "intent": intent})


def test_only_the_last_step_shows_it(client, attacked):
    assert "data-challenge" not in client.get(URL).text
    assert "data-challenge" not in write(client, "edit").text
    page = write(client, "check").text
    assert 'data-challenge="/en/act/challenge/?action=letter"' in page
    assert "You can send it all the same." in page


def test_in_peace_no_step_shows_it_and_no_proof_is_looked_at(client, letter_campaign):
    assert "data-challenge" not in write(client, "check").text
    write(client, "send", proof="garbage")
    assert Letter.objects.get().state == Letter.State.PENDING


def test_with_a_proof_the_letter_waits_for_its_writer_only(client, attacked):
    write(client, "send", proof=proof_for("letter"))
    assert Letter.objects.get().state == Letter.State.PENDING


@pytest.mark.parametrize("proof", ["", "garbage"])
def test_without_one_it_is_held_and_the_answer_is_the_same(client, attacked, proof):
    assert write(client, "send", proof=proof)["Location"] == "/en/act/check-your-inbox/"
    letter = Letter.objects.get()
    assert (letter.state, letter.held_reason) == (Letter.State.HELD, HeldReason.CHALLENGE)
