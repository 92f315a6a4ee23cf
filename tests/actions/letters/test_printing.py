"""The paper page as a browser prints it: the letters of the PDF, with a place for each thing that is still typed."""

from __future__ import annotations

import re

import pytest
from django.utils import timezone

from actions.letters.paper import letter_date
from tests.actions.letters.reading import URL, WRITER, post, words_of
from tests.factories.letters import LetterCampaignFactory, another_text, note_position, with_variants
from tests.factories.representatives import RecipientFactory

WITHOUT_MAIL = {name: value for name, value in WRITER.items() if name != "email"}


@pytest.fixture
def unlisted(letter_campaign, member):
    member.email = ""
    member.save()
    return member


def letters(page: str) -> list[str]:
    return re.findall(r'<article class="paper-letter">.*?</article>', page, re.S)


def found(client, language: str = "en") -> str:
    return post(client, f"{URL.replace('/en/', f'/{language}/')}find/", {"postal_code": "K1A 0A6"}).content.decode()


def places(letter: str) -> list[str]:
    return re.findall(r'data-typed="(\w+)"', letter)


def test_the_page_holds_the_letter_as_on_the_pdf(client, unlisted):
    [letter] = letters(found(client))
    today = letter_date(timezone.localdate(), language="en")
    order = [
        "K1A 0A6", today, "Jordan Lee, M.P. House of Commons Ottawa ON K1A 0A6", "Please support C-400",
        "Dear Jordan Lee,", "I live in the riding of Ottawa Centre (K1A 0A6).", "I ask you to vote for C-400.",
        "Sincerely,",
    ]  # fmt: skip
    text = words_of(letter)
    assert [text.index(part) for part in order] == sorted(text.index(part) for part in order)
    assert places(letter) == ["name", "street_address", "subject", "own_words", "body", "name"]


def test_what_was_posted_stands_in_it(client, unlisted):
    page = post(client, f"{URL}write/", {**WITHOUT_MAIL, "own_words": "Mine <b>", "intent": "edit"}).content.decode()
    text = words_of(letters(page)[0])
    assert text.startswith("陳大文 1 Invented Street K1A 0A6")
    assert "Mine <b>" in text
    assert text.endswith("Sincerely, 陳大文")


def test_the_letter_keeps_its_language_on_a_chinese_page(client, unlisted):
    page = found(client, "zh-hant")
    assert '<div class="paper-letters" lang="en-CA">' in page
    assert "Dear Jordan Lee," in letters(page)[0]
    assert "中文" not in letters(page)[0]


def test_everybody_on_the_hill_has_a_letter_and_another_text_is_not_overwritten(client, unlisted):
    critic = RecipientFactory(name="Pat Critic", email="")
    campaign = LetterCampaignFactory(slug="both", recipients=[critic])
    with_variants(campaign, [another_text("position:opposes", subjects="Think again", body="You spoke against it.")])
    note_position(campaign, critic, "opposes")
    page = post(client, "/en/act/letters/both/find/", {"postal_code": "K1A 0A6"}).content.decode()
    mine, theirs = letters(page)
    assert "body" in places(mine)
    assert "You spoke against it." in words_of(theirs)
    assert "Think again" in words_of(theirs)
    assert {"body", "subject"}.isdisjoint(places(theirs))
    assert "own_words" in places(theirs)


def test_a_code_that_is_none_is_no_server_error(client, unlisted):
    answer = post(client, f"{URL}write/", {**WITHOUT_MAIL, "postal_code": "nonsense", "name": "", "intent": "edit"})
    assert answer.status_code == 200
    assert len(letters(answer.content.decode())) == 1


def test_only_the_paper_page_prints_as_a_letter(client, letter_campaign, member):
    page = found(client)
    assert "paper-letter" not in page
    assert "prints-letter" not in page
    member.is_current = False
    member.save()
    vacant = found(client)
    assert "prints-letter" in vacant
    assert letters(vacant) == []
