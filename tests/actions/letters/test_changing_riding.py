"""From one riding to another: our text follows, the writer's own stays and is said to be begun for another."""

from __future__ import annotations

import pytest

from tests.actions.letters.reading import URL, WRITER, body_of, form_fields, hidden_fields, post
from tests.factories.representatives import RepresentativeFactory, RidingFactory

NOTICE = "It may still name the other riding or MP"


@pytest.fixture
def other(db):
    riding = RidingFactory(fed_num=35081, name_en="Ottawa—Vanier")
    RepresentativeFactory(riding=riding, first_name="Kim", last_name="Sample", email="kim.sample@parl.example")
    return riding


@pytest.fixture
def fill_in(client, letter_campaign, other) -> dict[str, str]:
    """The fields of an untouched letter form for Ottawa Centre, as a browser posts them."""
    page = post(client, f"{URL}find/", {"postal_code": "K1A 0A6"}).content.decode()
    return {**WRITER, **hidden_fields(page), "body": body_of(page).replace(" ", "\r\n", 1)}


def in_the_other_riding(client, data) -> str:
    chosen = hidden_fields(post(client, f"{URL}write/", {**data, "intent": "riding"}).content.decode())
    provinces = post(client, f"{URL}find/", {**chosen, "province": "ON"}).content.decode()
    return post(client, f"{URL}find/", {**hidden_fields(provinces), "riding": "35081"}).content.decode()


def test_an_unedited_text_is_filled_in_anew(client, fill_in):
    page = in_the_other_riding(client, fill_in)
    assert "Kim Sample" in page
    assert body_of(page) == "As one of your constituents in Ottawa—Vanier I ask you to vote for C-400."
    assert WRITER["own_words"] in page
    assert NOTICE not in page


def test_an_unedited_text_of_an_older_wording_is_filled_in_anew_too(client, fill_in, letter_campaign):
    from actions.wordings.services import freeze

    wording = letter_campaign.wordings.get(locale__language_code="en")
    wording.letter_body = "A newer text for {riding}."
    wording.save()
    freeze(wording)
    assert body_of(in_the_other_riding(client, fill_in)) == "A newer text for Ottawa—Vanier."


def test_an_edited_text_stays_and_is_pointed_out(client, fill_in):
    page = in_the_other_riding(client, {**fill_in, "body": "In Ottawa Centre we care."})
    assert body_of(page) == "In Ottawa Centre we care."
    assert NOTICE in page


def test_coming_back_to_the_same_riding_needs_no_warning(client, fill_in):
    data = {**fill_in, "body": "In Ottawa Centre we care."}
    chosen = hidden_fields(post(client, f"{URL}write/", {**data, "intent": "riding"}).content.decode())
    page = post(client, f"{URL}find/", {**chosen, "riding": "35079"}).content.decode()
    assert body_of(page) == "In Ottawa Centre we care."
    assert NOTICE not in page


def test_a_riding_that_cannot_be_written_to_loses_nothing_that_was_typed(client, letter_campaign, member, other):
    member.email = ""
    member.save()
    typed = {"street_address": "1 Invented Street", "wants_copy": "on", "own_words": "Mine", "name": "陳大文"}
    page = post(client, f"{URL}find/", {"postal_code": "K1A 0A6", **typed}).content.decode()
    assert "no published e-mail address" in page
    fields = form_fields(page)
    assert {name: fields[name] for name in typed} == typed
    reached = in_the_other_riding(client, fields)
    assert 'value="1 Invented Street"' in reached
    assert "Kim Sample" in reached
    assert "checked" in reached


def test_a_copy_that_is_not_wanted_stays_unwanted(client, letter_campaign, member, other):
    member.email = ""
    member.save()
    page = post(client, f"{URL}find/", {"postal_code": "K1A 0A6", "own_words": "Mine"}).content.decode()
    assert "checked" not in in_the_other_riding(client, form_fields(page))
