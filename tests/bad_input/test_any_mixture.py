"""Five hundred mixtures of the whole corpus, always the same ones: whatever comes together, there is an answer."""

from __future__ import annotations

import random
from typing import Any

import pytest

from actions.letters.delivery import LetterQueue
from actions.letters.models import Letter
from actions.letters.services import confirm
from actions.outbox.models import OutboxMessage
from actions.outbox.supporter_mail import OutboxQueue
from tests.bad_input import corpus
from tests.bad_input.conftest import WRITER
from tests.bad_input.reading import dangers, holds, sent

pytestmark = pytest.mark.django_db

SEED = 20261122
TIMES = 500
ANYTHING = [
    *corpus.NAMES_KEPT, *corpus.NAMES_CLEANED, *corpus.NAMES_REFUSED, *corpus.HEADER_BREAKS, *corpus.EMAILS_KEPT,
    *corpus.EMAILS_REFUSED, *corpus.TEXTS, *corpus.POSTAL_CODES_KEPT, *corpus.POSTAL_CODES_REFUSED,
    *corpus.RIDINGS_REFUSED,
]  # fmt: skip
KIND = {
    "name": corpus.NAMES_KEPT,
    "email": list(corpus.EMAILS_KEPT),
    "postal_code": list(corpus.POSTAL_CODES_KEPT),
    "riding": ["35079", "35079", "35079", "24001"],
    "letter_language": ["en", "fr"],
    "subject": corpus.HEADER_BREAKS,
    "own_words": corpus.TEXTS,
    "body": corpus.TEXTS,
}
EXTRA = (
    "website",
    "form_token",
    "province",
    "wording",
    "intent",
    "csrfmiddlewaretoken",
    "to",
    "cc",
    "bcc",
    "id",
    "__proto__",
)
INTENTS = ["check", "send", "send", "send", "edit", "riding", "language-en", "language-fr", "language-", "", "nonsense"]
ANSWERS = (200, 303, 422)


def mixture(chance: random.Random) -> dict[str, Any]:
    """A form in which most fields are plausible, some are anything, some are missing, some come twice."""
    data: dict[str, Any] = {}
    for name, usual in WRITER.items():
        dice = chance.random()
        value = usual if dice < 0.45 else chance.choice(KIND.get(name, ANYTHING))
        if dice > 0.93:
            value = chance.choice(ANYTHING)
        if dice < 0.97:
            data[name] = value
        if 0.90 < dice < 0.92:
            data[name] = [chance.choice(ANYTHING), value]
    if chance.random() < 0.2:
        data[chance.choice(EXTRA)] = chance.choice(ANYTHING)
    return {"intent": chance.choice(INTENTS), **data}


def test_five_hundred_mixtures_are_answered_and_what_is_accepted_can_be_mailed(stranger, letter_campaign):
    chance, seen = random.Random(SEED), set()
    for number in range(TIMES):
        data = mixture(chance)
        path = f"/{chance.choice(['en', 'fr', 'zh-hant'])}/act/letters/second-reading/"
        path += chance.choice(["find/", "write/", "write/", "write/", "write/", "pdf/"])
        response = stranger.post(path, data)
        seen.add(response.status_code)
        html = "" if response["Content-Type"] == "application/pdf" else response.content.decode()
        assert response.status_code in ANSWERS, (number, data)
        assert dangers(html) == [], (number, data)
        if response.status_code == 422 and isinstance(data.get("own_words"), str):
            assert holds(html, data["own_words"]), (number, data)
    assert seen == set(ANSWERS)
    assert Letter.objects.count() > 20
    for row in OutboxMessage.objects.all():
        sent(OutboxQueue().prepare(row))
    for letter in Letter.objects.all():
        confirm(letter_id=letter.pk)
        for delivery in LetterQueue().complete().filter(letter=letter):
            sent(LetterQueue().prepare(delivery))
