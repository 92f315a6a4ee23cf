"""Lists, labels and sentences side by side carry the marks of the reader's language."""

from datetime import timedelta

import pytest
from django.utils import timezone, translation
from django.utils.timesince import timesince

from actions.listing import labelled, listed, listed_apart, side_by_side

LANGUAGES = ("en", "fr", "zh-hant")


@pytest.mark.parametrize(
    ("language", "row", "apart", "label"),
    [
        ("en", "A, B, C", "A, M.P.; B, M.P.", "Stage: open"),
        ("fr", "A, B, C", "A, M.P.; B, M.P.", "Stage\u00a0: open"),
        ("zh-hant", "A、B、C", "A, M.P.；B, M.P.", "Stage：open"),
    ],
)
def test_marks_are_those_of_the_language(language, row, apart, label):
    with translation.override(language):
        assert listed("ABC") == row
        assert listed_apart(["A, M.P.", "B, M.P."]) == apart
        assert labelled("Stage", "open") == label


def test_chinese_sentences_stand_without_a_space():
    with translation.override("zh-hant"):
        assert side_by_side("無法讀取信件。", "寫信人已確認。") == "無法讀取信件。寫信人已確認。"
    with translation.override("fr"):
        assert side_by_side("Un.", "Deux.") == "Un. Deux."


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_empty_sentence_leaves_no_space(language):
    with translation.override(language):
        assert side_by_side("", "B.") == "B."
        assert side_by_side("A.", "") == "A."


def test_a_length_of_time_is_said_as_in_hong_kong():
    now = timezone.now()
    with translation.override("zh-hant"):
        assert timesince(now - timedelta(days=2, hours=3), now) == "2日、3小時"
