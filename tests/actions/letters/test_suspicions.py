"""Letters that somebody should look at are held with a reason; what people share by chance is not."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from actions.letters.models import Letter
from actions.letters.services import confirm, refuse, release, withdraw
from actions.letters.states import HeldReason, LetterState
from actions.privacy.retention import retire
from actions.wordings.services import current_version
from tests.actions.letters.test_sketches import CHINESE, ENGLISH
from tests.factories.letters import LetterCampaignFactory, written_letter
from tests.factories.representatives import RecipientFactory, RepresentativeFactory, RidingFactory

SHORT = "Please vote for this bill, it matters to my family."
TEMPLATE = (
    "As one of your constituents in {riding} I ask you, {mp_name}, to vote for {bill_number} and to speak for it.\n"
    "Canada promised to be a safe harbour for those who had to leave Hong Kong, and this promise has to be kept.\n"
)


@pytest.fixture
def riding(db):
    riding = RidingFactory(fed_num=35079, name_en="Ottawa Centre", name_fr="Ottawa-Centre")
    RepresentativeFactory(riding=riding, first_name="Jordan", last_name="Lee", email="jordan.lee@parl.example")
    return riding


@pytest.fixture
def letter_campaign(riding):
    return LetterCampaignFactory()


def write(letter_campaign, riding, number: int, **changes) -> Letter:
    fields = {"email": f"w{number}@writer.example", "name": f"Writer {'ABCDEFGH'[number]}", "own_words": ENGLISH}
    return written_letter(letter_campaign, riding=riding, **{**fields, **changes})


def states(letters: list[Letter]) -> list[str]:
    return [letter.held_reason or letter.state for letter in letters]


@pytest.mark.parametrize("words", [ENGLISH, CHINESE])
def test_the_third_letter_with_nearly_the_same_own_words_is_held(letter_campaign, riding, words):
    changed = [words, words.replace("a", "à", 1), words.replace("。", "！"), f"{words} 請！"]
    letters = [write(letter_campaign, riding, number, own_words=text) for number, text in enumerate(changed)]
    assert states(letters) == ["pending", "pending", "near-duplicate", "near-duplicate"]


def test_a_held_letter_asks_its_writer_to_confirm_like_every_other(letter_campaign, riding):
    letters = [write(letter_campaign, riding, number) for number in range(3)]
    assert confirm(letter_id=letters[2].pk) == LetterState.HELD
    assert release(letter_id=letters[2].pk) == LetterState.CONFIRMED


def test_two_people_who_found_the_same_words_are_not_held(letter_campaign, riding):
    assert states([write(letter_campaign, riding, number) for number in range(2)]) == ["pending"] * 2


def test_many_who_found_the_same_short_sentence_are_not_held(letter_campaign, riding):
    letters = [write(letter_campaign, riding, number, own_words=SHORT, body="Yes.") for number in range(4)]
    assert states(letters) == ["pending"] * 4
    assert {letter.own_text_sketch for letter in letters} == {""}


def test_one_household_at_one_address_counts_once(letter_campaign, riding):
    letters = [write(letter_campaign, riding, number, email="us@home.example") for number in range(4)]
    assert states(letters) == ["pending"] * 4
    assert states([write(letter_campaign, riding, 4)]) == ["pending"]


def test_other_words_on_the_same_matter_are_not_held(letter_campaign, riding):
    texts = [
        ENGLISH,
        "I came to Vancouver in 1996 and I vote in every election; this bill decides my vote for years to come, truly.",
        "As a teacher I see children who arrived alone last year. They need certainty, and this bill gives it to them.",
        CHINESE,
    ]
    letters = [write(letter_campaign, riding, number, own_words=text) for number, text in enumerate(texts)]
    assert states(letters) == ["pending"] * 4
    assert all(letter.own_text_sketch for letter in letters)


@pytest.fixture
def with_template(letter_campaign):
    letter_campaign.wordings.update(letter_body=TEMPLATE)
    wording = letter_campaign.wordings.get(locale__language_code="en")
    assert current_version(wording).content["letter_body"] == TEMPLATE
    return letter_campaign


def filled_in(riding_name: str, member: str) -> str:
    return TEMPLATE.format(riding=riding_name, mp_name=member, bill_number="C-400")


def test_the_offered_text_is_nobodys_own(with_template, riding):
    """Filled in for whatever riding, with other line breaks, in the order they like, in any language we offer."""
    bodies = [
        filled_in("Ottawa Centre", "Jordan Lee"),
        filled_in("Hamilton East—Stoney Creek", "Hon. Alexandra Very-Long Name"),
        "\r\n\r\n".join(reversed(filled_in("Ottawa Centre", "Jordan Lee").splitlines())),
        TEMPLATE.splitlines()[1],
    ]
    letters = [write(with_template, riding, n, own_words="", body=body) for n, body in enumerate(bodies)]
    assert {letter.own_text_sketch for letter in letters} == {""}


def test_the_same_word_changed_in_the_offered_text_is_only_a_word(with_template, riding):
    body = filled_in("Ottawa Centre", "Jordan Lee").replace("I ask you", "I urge and beg you")
    letters = [write(with_template, riding, number, own_words="", body=body) for number in range(4)]
    assert states(letters) == ["pending"] * 4


def test_own_lines_in_the_text_of_the_letter_count(with_template, riding):
    body = filled_in("Ottawa Centre", "Jordan Lee") + ENGLISH
    letters = [write(with_template, riding, number, own_words="", body=body) for number in range(3)]
    assert states(letters) == ["pending", "pending", "near-duplicate"]


def test_ideas_and_the_reading_copy_taken_over_as_own_words_are_not_own(letter_campaign, riding):
    letter_campaign.wordings.filter(locale__language_code="zh-hant").update(letter_body=CHINESE)
    letter_campaign.wordings.filter(locale__language_code="en").update(talking_points=ENGLISH)
    letters = [write(letter_campaign, riding, n, own_words=f"{CHINESE}\n{ENGLISH}") for n in range(4)]
    assert states(letters) == ["pending"] * 4


def test_only_the_last_week_and_only_this_campaign_are_compared(letter_campaign, riding):
    for number in range(3):
        write(letter_campaign, riding, number)
    Letter.objects.update(created_at=timezone.now() - timedelta(days=8))
    assert states([write(letter_campaign, riding, 4)]) == ["pending"]
    other = LetterCampaignFactory()
    assert states([write(other, riding, number) for number in range(2)]) == ["pending"] * 2


def test_a_line_made_to_be_searched_for_ever_is_not(letter_campaign, riding):
    letter_campaign.wordings.update(letter_body="a{riding}" * 30 + "and this long fixed end of the line" + "{riding}b")
    started = timezone.now()
    write(letter_campaign, riding, 0, own_words="a" * 2_000, body="\n".join(["a" * 99, "ab" * 900] * 4))
    assert timezone.now() - started < timedelta(seconds=2)


@pytest.mark.parametrize(
    "address",
    [
        "somebody@parl.gc.ca",
        "Somebody@SEN.parl.gc.ca",
        "clerk@committee.parl.gc.ca",
        "jordan.lee+canada@parl.example",
        "minister@parl.example",
        "no-reply@mail.achk.test",
        "bounce@returns.mail.achk.test",
    ],
)
def test_an_address_at_parliament_or_ours_is_held(letter_campaign, riding, address, settings):
    settings.SENDER_DOMAIN = "mail.achk.test"
    RecipientFactory(email="minister@parl.example", is_active=False)
    letter = write(letter_campaign, riding, 0, email=address)
    assert (letter.state, letter.held_reason) == (LetterState.HELD, HeldReason.SELF_MAIL)


@pytest.mark.parametrize("address", ["a@notparl.gc.ca.example", "a@parl.gc.ca.evil.example", "jordan.lee@mail.example"])
def test_an_address_that_only_looks_like_it_is_not_held(letter_campaign, riding, address):
    assert states([write(letter_campaign, riding, 0, email=address)]) == ["pending"]


@pytest.mark.parametrize(
    "name",
    ["Jordan Lee", "LEE, Jordan", "Hon. Jordán Lee, P.C., M.P.", "Ｊｏｒｄａｎ  Lee", "Robin Example", "陳大文議員"],
)
def test_the_name_of_somebody_in_office_is_held(letter_campaign, riding, name):
    RecipientFactory(name="Robin Example")
    RecipientFactory(name="陳大文")
    letter = write(letter_campaign, riding, 0, name=name)
    assert letter.held_reason == HeldReason.IMPERSONATION
    assert release(letter_id=letter.pk) == LetterState.PENDING


@pytest.mark.parametrize("name", ["Lee", "Jordan", "Jordan Leeson", "Jordan A. Lee", "Former Member", "Left Office"])
def test_part_of_a_name_or_somebody_who_left_is_not_held(letter_campaign, riding, name):
    RepresentativeFactory(first_name="Former", last_name="Member", former=True)
    RecipientFactory(name="Left Office", is_active=False)
    assert states([write(letter_campaign, riding, 0, name=name)]) == ["pending"]


def test_what_the_form_found_weighs_more_than_what_we_suspect(letter_campaign, riding):
    letter = write(letter_campaign, riding, 0, name="Jordan Lee", held_reason=HeldReason.HONEYPOT)
    assert letter.held_reason == HeldReason.HONEYPOT


@pytest.mark.parametrize("end", [withdraw, refuse])
def test_the_sketch_goes_when_the_text_goes(letter_campaign, riding, end):
    letters = [write(letter_campaign, riding, number) for number in range(3)]
    assert letters[2].own_text_sketch
    end(letter_id=letters[2].pk)
    assert Letter.objects.get(pk=letters[2].pk).own_text_sketch == ""
    Letter.objects.filter(pk=letters[0].pk).update(state=LetterState.EXPIRED)
    retire(Letter, timezone.now())
    assert Letter.objects.get(pk=letters[0].pk).own_text_sketch == ""
    assert Letter.objects.get(pk=letters[1].pk).own_text_sketch
