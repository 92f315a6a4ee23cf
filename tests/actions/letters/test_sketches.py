"""A sketch tells nearly equal texts from others, and nothing to anybody without its key."""

from __future__ import annotations

import pytest

from actions.letters.sketches import bands, likeness, pieces, sketch, squeezed, weight

KEY, OTHER_KEY = b"k" * 32, b"o" * 32
ENGLISH = (
    "My grandmother still lives in Sham Shui Po and I have not dared to call her since the new law. Please think of "
    "families like mine when you vote, because nobody else in this riding will tell you about them."
)
CHINESE = (
    "我的祖母仍然住在深水埗，新法實施以來我一直不敢打電話給她。投票的時候，請想想像我們這樣的家庭，"
    "因為這個選區裡不會有別人告訴您他們的處境。我們在這裡納稅、工作，也在這裡想念家鄉。"
)


def sketch_of(text: str, key: bytes = KEY) -> str:
    return sketch(key, pieces(squeezed(text)))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (ENGLISH, ENGLISH.replace("grandmother", "grandfather")),
        (ENGLISH, ENGLISH.upper().replace(" ", "\n").replace(",", " ;")),
        (CHINESE, CHINESE.replace("祖母", "外婆")),
        (CHINESE, CHINESE.replace("，", ", ").replace("。", ".\n")),
    ],
)
def test_small_changes_make_no_other_text(one, other):
    assert likeness(sketch_of(one), sketch_of(other)) >= 0.8


@pytest.mark.parametrize(("one", "other"), [(ENGLISH, CHINESE), (ENGLISH, ENGLISH[: len(ENGLISH) // 2]), (ENGLISH, "")])
def test_other_texts_are_not_alike(one, other):
    assert likeness(sketch_of(one), sketch_of(other)) < 0.7


def test_a_sketch_fits_its_column_whatever_the_text():
    for text in ("", "a", "abcd", ENGLISH, CHINESE, "𨋢" * 50, "\ud800" * 9, "x" * 12_000):
        assert len(sketch_of(text)) == 160
        assert len(bands(sketch_of(text))) == 10


def test_two_keys_give_sketches_that_cannot_be_joined():
    assert likeness(sketch_of(ENGLISH), sketch_of(ENGLISH, OTHER_KEY)) < 0.1


def test_a_chinese_sign_weighs_two_letters_and_repeating_weighs_nothing():
    assert weight(pieces(squeezed("香港人在加拿大"))) == 8
    assert weight(pieces(squeezed("Hongkong"))) == 5
    assert weight(pieces(squeezed("ha" * 500))) == 2
