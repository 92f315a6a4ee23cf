"""A postal code in two ridings: the street address settles it, or the writer chooses; nothing is guessed or kept."""

import logging
import re

import pytest

from actions.letters.models import Letter
from tests.actions.letters.reading import URL, hidden_fields, post, words_of
from tests.factories.postal import load_postal_codes
from tests.factories.representatives import RepresentativeFactory, RidingFactory

FIND = f"{URL}find/"
STREETS = [["main", "st", "w", [[2, 98, 35079], [100, 198, 35081]]], ["king", "st", "", [[2, 98, 35081]]]]


@pytest.fixture(autouse=True)
def two_ridings(letter_campaign):
    other = RidingFactory(fed_num=35081, name_en="Ottawa—Vanier", name_fr="Ottawa—Vanier")
    RepresentativeFactory(riding=other, first_name="Robin", last_name="Sato", email="robin.sato@parl.example")
    load_postal_codes(("K1A0A1", 35079, 3), ("K1A0A1", 35081, 9), ("K1A0A6", 35079, 1), streets={"K1A0A1": STREETS})


def settle(client, address, **data):
    data = {"postal_code": "K1A 0A1", "street_address": address, "settle": "1", **data}
    return post(client, FIND, {name: value for name, value in data.items() if value is not None})


@pytest.mark.parametrize(
    ("language", "button"), [("en", "Find my riding"), ("fr", 'name="settle"'), ("zh-hant", 'name="settle"')]
)
def test_the_address_is_asked_for_above_the_equal_cards(client, language, button):
    response = post(client, FIND.replace("/en/", f"/{language}/"), {"postal_code": "K1A 0A1"})
    page = response.content.decode().split("<main")[1]
    assert response.status_code == 200
    assert page.index('name="street_address"') < page.index(button) < page.index('name="riding"')
    assert page.count('name="riding" value=') == 2
    assert "checked" not in page
    assert page.count('name="street_address"') == 1


def test_an_address_beyond_doubt_goes_on_to_the_letter_with_the_address_filled_in(client):
    page = settle(client, "１２４ main st. west", own_words="Mine").content.decode()
    assert "Robin Sato" in page
    assert hidden_fields(page)["riding"] == "35081"
    assert re.search(r'<input type="text" name="street_address" value="１２４ main st. west"', page)
    assert "Mine" in page
    assert "Jordan Lee" in settle(client, "24 Main St W").content.decode()
    assert Letter.objects.count() == 0


def test_a_campaign_that_asks_for_no_address_does_not_carry_it_on(client, letter_campaign):
    type(letter_campaign).objects.update(asks_street_address=False)
    page = settle(client, "124 Main St W").content.decode()
    assert "Robin Sato" in page
    assert "124 Main" not in page


@pytest.mark.parametrize("address", ["99 Main St W", "1 Nowhere Rd", "RR 2", "陳大文"])
def test_an_address_in_doubt_leaves_the_choice_and_keeps_what_was_typed(client, address):
    response = settle(client, address, own_words="Mine")
    page = response.content.decode()
    assert response.status_code == 200
    assert "We could not tell your riding from this address for certain." in page
    assert page.count('name="riding" value=') == 2
    assert f'name="street_address" value="{address}"' in page
    assert hidden_fields(page)["own_words"] == "Mine"
    chosen = post(client, FIND, {"postal_code": "K1A 0A1", "riding": "35079", "street_address": address})
    assert f'value="{address}"' in chosen.content.decode()


@pytest.mark.parametrize(
    ("address", "message"),
    [("", "Enter your street address"), (None, "Enter your"), ("1 " + "x" * 300, "Please shorten")],
)
def test_an_address_that_cannot_be_read_gets_a_clear_message(client, address, message):
    response = settle(client, address)
    assert response.status_code == 422
    assert message in words_of(response.content.decode())
    assert response.content.decode().count('name="riding" value=') == 2


@pytest.mark.parametrize(
    "address", ["1\x00 Main St W", "9" * 5_000, "124 Main \ud800", "<b>1 Main</b>", "1 Main\r\nBcc: x"]
)
def test_odd_addresses_are_no_server_error(client, address):
    try:
        response = settle(client, address)
    except UnicodeEncodeError:
        response = post(
            client,
            FIND,
            b"postal_code=K1A0A1&settle=1&street_address=124+Main+%ED%A0%80",
            content_type="application/x-www-form-urlencoded",
        )
    assert response.status_code in (200, 400, 422)
    assert "<b>1 Main" not in response.content.decode()


def test_a_chosen_riding_wins_over_the_enter_key_with_an_empty_address(client):
    page = settle(client, "", riding="35079").content.decode()
    assert "Jordan Lee" in page


def test_a_chosen_riding_goes_on_when_the_address_says_the_same_or_nothing(client):
    assert "Robin Sato" in settle(client, "124 Main St W", riding="35081").content.decode()
    assert "Jordan Lee" in settle(client, "1 Nowhere Rd", riding="35079").content.decode()


def test_where_address_and_choice_disagree_neither_is_taken_and_the_way_on_is_open(client):
    page = settle(client, "124 Main St W", riding="35079").content.decode()
    assert "could not tell" in page
    assert page.count('name="riding" value=') == 2
    assert not re.search('type="text" name="street_address" value="124', page)  # the Enter key takes the choice next


def test_pressing_the_button_of_the_cards_with_none_chosen_says_so_and_keeps_them(client):
    response = post(client, FIND, {"postal_code": "K1A 0A1", "pick": "1"})
    page = response.content.decode()
    assert response.status_code == 422
    assert "Choose your riding." in page
    assert page.count('name="riding" value=') == 2


def test_the_list_of_a_province_stays_when_none_was_chosen(client):
    answer = post(client, FIND, {"postal_code": "K1A 0A1", "province": "ON", "riding": "", "pick": "1"})
    assert answer.status_code == 422
    assert "Choose your riding." in answer.content.decode()
    assert 'value="35079"' in answer.content.decode()


def test_none_of_these_asks_for_the_province_without_blame(client):
    answer = post(client, FIND, {"postal_code": "K1A 0A1", "province": "", "browse": "1"})
    assert answer.status_code == 200
    assert "error-summary" not in answer.content.decode()


def test_a_code_in_one_riding_asks_for_no_address(client):
    assert "Jordan Lee" in settle(client, "124 Main St W", postal_code="K1A 0A6").content.decode()


def test_without_streets_only_the_cards_are_shown(client):
    load_postal_codes(("K1A0A1", 35079, 3), ("K1A0A1", 35081, 9))
    page = settle(client, "124 Main St W").content.decode()
    assert 'name="settle"' not in page
    assert page.count('name="riding" value=') == 2
    assert hidden_fields(page)["street_address"] == "124 Main St W"


def test_another_site_cannot_ask_and_a_get_does_nothing(client):
    data = {"postal_code": "K1A 0A1", "street_address": "124 Main St W", "settle": "1"}
    assert client.post(FIND, data, HTTP_ORIGIN="https://elsewhere.example").status_code == 403
    assert client.get(FIND, data).status_code == 302


def test_neither_address_nor_answer_is_logged_or_cached(client, caplog):
    caplog.set_level(logging.DEBUG)
    for address in ("124 Main St W", "1 Nowhere Rd"):
        response = settle(client, address)
        assert "no-store" in response["Cache-Control"]
        assert not response.cookies
    said = "".join(f"{record.getMessage()} {record.exc_text}" for record in caplog.records if "db" not in record.name)
    assert "Main St" not in said
    assert "Nowhere" not in said


def test_the_register_is_credited_where_it_answers_as_its_licence_wants(client):
    load_postal_codes(("K1A0A1", 35079, 3), ("K1A0A1", 35081, 9), release="2025-07")
    credit = (
        "Adapted from Statistics Canada, National Address Register, July 2025. "
        "This does not constitute an endorsement by Statistics Canada of this product."
    )
    assert credit in words_of(client.get(URL).content.decode())
    assert credit in words_of(post(client, FIND, {"postal_code": "K1A 0A1"}).content.decode())
    load_postal_codes(("K1A0A1", 35079, 3))
    assert "Statistics Canada" not in client.get(URL).content.decode()


def test_a_riding_without_a_row_is_never_settled(client):
    streets = {"K1A0A1": [["main", "st", "", [[2, 98, 35099]]]]}
    load_postal_codes(("K1A0A1", 35079, 3), ("K1A0A1", 35099, 9), streets=streets)
    assert "could not tell" in settle(client, "24 Main St").content.decode()


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Your street address is in this riding: Ottawa—Vanier."),
        ("fr", "Votre adresse se trouve dans cette circonscription fédérale\u00a0: Ottawa—Vanier."),
        ("zh-hant", "你的地址屬於這個選區：Ottawa—Vanier。"),
    ],
)
def test_the_letter_says_which_riding_the_address_is_in(client, language, words):
    url = FIND.replace("/en/", f"/{language}/")
    page = post(client, url, {"postal_code": "K1A 0A1", "street_address": "124 Main St W", "settle": "1"})
    assert f'role="status">{words}</p>' in page.content.decode()
    chosen = post(client, url, {"postal_code": "K1A 0A1", "riding": "35081", "pick": "1"}).content.decode()
    assert "Robin Sato" in chosen
    assert words not in chosen
