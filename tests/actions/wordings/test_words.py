"""What counts as a difference: words and where links lead, not an editor's markup."""

from __future__ import annotations

import pytest

from actions.wordings.words import plain_words, rich_words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("<p>We ask.</p>", '<p data-block-key="x1y2z">We ask.</p>'),
        ("<p>We <b>ask</b>.</p>", "<p>We <strong>ask</strong>.</p>"),
        ("<p>We ask.</p><p>Now.</p>", "<p>We ask.</p>\n\n<p>Now.</p>"),
        ("<p>We\nask.</p>", "<p>We ask.</p>"),
        ("<p>It’s &amp; that</p>", "<p>It’s & that</p>"),
    ],
)
def test_markup_is_no_difference(one, other):
    assert rich_words(one) == rich_words(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("<p>We ask.</p>", "<p>We demand.</p>"),
        ("<p>We ask.</p><p>Now.</p>", "<p>We ask. Now.</p>"),
        ('<a href="https://a.example/">here</a>', '<a href="https://b.example/">here</a>'),
        ('<a linktype="page" id="3">here</a>', '<a linktype="page" id="4">here</a>'),
        ("<p>one two</p>", "<ul><li>one two</li></ul>"),
    ],
)
def test_words_and_targets_are(one, other):
    assert rich_words(one) != rich_words(other)


def test_line_ends_and_blank_lines_are_none():
    assert plain_words("One.\r\n\r\n Two. \r\n") == plain_words("One.\nTwo.")


@pytest.mark.parametrize("odd", ["", "<", "<a", "<p", "</a></a>", "<li>", "&#0;", "<a href>x</a>", "\x00"])
def test_odd_markup_is_read_somehow(odd):
    assert isinstance(rich_words(odd), str)
