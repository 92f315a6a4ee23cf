"""Sums: what people type is understood or refused, never guessed; what they see is written as they write it."""

from __future__ import annotations

import random

import pytest

from actions.donations.amounts import (
    AmountError,
    check_limits,
    explained,
    fee_cover,
    format_amount,
    parse_amount,
    typed_form,
)

UNDERSTOOD = {
    "25": 2500,
    " 25 ": 2500,
    "25.5": 2550,
    "25.50": 2550,
    "25,00": 2500,
    "$25": 2500,
    "25$": 2500,
    "25 $": 2500,
    "25\u00a0$": 2500,
    "25,00\u202f$": 2500,
    "CA$25": 2500,
    "ca$ 25": 2500,
    "25 CAD": 2500,
    "25加元": 2500,
    "２５": 2500,
    "＄２５．５０": 2550,
    "1 000": 100_000,
    "1\u00a0234,50": 123_450,
    "007": 700,
}
REFUSED = [
    "NaN", "Infinity", "-Infinity", "inf", "-5", "\u22125", "+5", "1e3", "1E3", "5_0", "0x10", "٢٥", "२५", "½", "25%",
    "25.505", "25.", ".5", "1.000", "1,0000", "12 34", "1  000 00", "25 26", "$", "$$25", "twenty", "25€", "US$25",
    "25²", "②⑤", "25\u200b", "1,000.5.5", "2" * 21, "１" * 30, "25\n26", "'; DROP TABLE", "{{7*7}}",
]  # fmt: skip


@pytest.mark.parametrize(("text", "cents"), UNDERSTOOD.items())
@pytest.mark.parametrize("language", ["en", "fr", "zh-hant"])
def test_what_people_type_is_understood_in_every_language(text, cents, language):
    assert parse_amount(text, language=language) == cents


@pytest.mark.parametrize("text", REFUSED)
@pytest.mark.parametrize("language", ["en", "fr", "zh-hant"])
def test_what_is_no_sum_is_refused(text, language):
    with pytest.raises(AmountError) as refused:
        parse_amount(text, language=language)
    assert refused.value.code == "unclear"


def test_a_comma_before_three_digits_is_a_thousand_in_english_and_refused_in_french():
    assert parse_amount("1,000", language="en") == 100_000
    assert parse_amount("1,234,567.80", language="zh-hant") == 123_456_780
    with pytest.raises(AmountError):
        parse_amount("1,000", language="fr")


@pytest.mark.parametrize("text", ["", " ", "\u3000"])
def test_nothing_is_told_apart_from_nonsense(text):
    with pytest.raises(AmountError) as refused:
        parse_amount(text, language="en")
    assert refused.value.code == "empty"


@pytest.mark.parametrize(
    ("text", "code"), [("0", "too-small"), ("4.99", "too-small"), (str(2**63), "too-large"), ("5000.01", "too-large")]
)
def test_sums_beyond_the_limits_are_refused(text, code):
    with pytest.raises(AmountError) as refused:
        check_limits(parse_amount(text, language="en"), minimum=500, maximum=500_000)
    assert refused.value.code == code
    assert "CA$5" in explained(code, minimum=500, maximum=500_000)


def test_no_text_does_worse_than_being_refused():
    choose = random.Random(7)
    for _ in range(3000):
        text = "".join(choose.choices("0123456789 .,$-+eE_%\u00a0元１\u0663x", k=choose.randint(0, 12)))
        try:
            assert parse_amount(text, language=choose.choice(["en", "fr"])) >= 0
        except AmountError:
            continue


@pytest.mark.parametrize("language", ["en", "fr", "zh-hant"])
def test_what_we_write_we_read_again(language):
    for cents in [*range(3000), *range(99_900, 100_100), 1_234_567, 10_000_000]:
        assert parse_amount(typed_form(cents, language), language=language) == cents
        assert parse_amount(format_amount(cents, language), language=language) == cents


@pytest.mark.parametrize(
    ("cents", "language", "shown"),
    [
        (2500, "en", "CA$25"),
        (2500, "fr", "25\u00a0$"),
        (2500, "zh-hant", "25加元"),
        (123_450, "en", "CA$1,234.50"),
        (123_450, "fr", "1\u00a0234,50\u00a0$"),
        (123_450, "zh-hant", "1,234.50加元"),
        (-300, "en", "-CA$3"),
    ],
)
def test_sums_are_written_as_their_reader_writes_them(cents, language, shown):
    assert format_amount(cents, language) == shown


def test_who_covers_the_fee_gives_all_of_the_gift_and_no_cent_too_much():
    def left(total):
        return total - -(-total * 290 // 10_000) - 30

    for cents in [*range(500, 20_000), 500_000, 999_999, 1_000_000]:
        total = cents + fee_cover(cents, basis_points=290, fixed_cents=30)
        assert left(total - 1) < cents <= left(total)


def test_the_fee_on_twenty_five_dollars_is_one_dollar_and_six_cents():
    assert fee_cover(2500, basis_points=290, fixed_cents=30) == 106
