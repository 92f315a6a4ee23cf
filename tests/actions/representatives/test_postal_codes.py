import pytest
from django.core.exceptions import ValidationError

from actions.representatives.lookup import format_postal_code, normalise_postal_code


@pytest.mark.parametrize(
    "typed",
    [
        "K1A0A6",
        "k1a 0a6",
        " K1A-0A6 ",
        "K1A\u00a00A6",
        "K1A\u200b0A6",
        "Ｋ１Ａ　０Ａ６",
        "KIA OA6",
        "k1a.0a6\n",
    ],
)
def test_what_people_type_becomes_six_characters(typed):
    assert normalise_postal_code(typed) == "K1A0A6"


def test_a_rural_code_keeps_its_zero():
    assert normalise_postal_code("K0A 1K0") == "K0A1K0"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "required"),
        (" - ", "required"),
        ("\x00", "required"),
        ("90210", "us_zip"),
        ("90210-1234", "us_zip"),
        ("K1A", "incomplete"),
        ("D1A 1A1", "letter"),
        ("K1O 1A1", "letter"),
        ("W1A 1A1", "letter"),
        ("Z1A 1A1", "letter"),
        ("0H0 H0H", "invalid"),
        ("K1A 0A", "invalid"),
        ("K1A 0A66", "invalid"),
        ("1K1 A0A", "invalid"),
        ("K1Á 0A6", "invalid"),
        ("K1A 0A٦", "invalid"),
        ("SW1A 1AA", "invalid"),
        ("香港中環", "invalid"),
        ("K1A'; DROP TABLE x; --", "invalid"),
        ("K1A 0A6" * 100_000, "invalid"),
    ],
)
def test_what_is_no_canadian_code_is_refused_with_a_reason(typed, code):
    with pytest.raises(ValidationError) as refusal:
        normalise_postal_code(typed)
    assert refusal.value.code == code
    assert refusal.value.messages[0].endswith((".", "6"))


def test_a_code_is_shown_as_canada_post_writes_it():
    assert format_postal_code("K1A0A6") == "K1A 0A6"
