"""A file on its way: few at once, in the language of who asked, and never short without a sign."""

from __future__ import annotations

import gc
import logging

import pytest
from django.utils import translation
from django.utils.translation import gettext

from actions.exports.leaving import AT_ONCE, AllBusy, Leaving, Place


def leaving(pieces) -> Leaving:
    return Leaving(pieces, entry=7, place=Place())


def pieces(*parts: bytes):
    yield from parts


def test_only_a_few_leave_at_once_and_a_place_is_free_again_when_one_is_closed():
    busy = [leaving(pieces(b"a")) for _ in range(AT_ONCE)]
    with pytest.raises(AllBusy):
        Place()
    busy[0].close()
    busy[0].close()  # twice is once
    kept = Place()
    with pytest.raises(AllBusy):
        Place()
    kept.give_back()
    busy[1].close()


def test_a_place_that_everybody_forgot_is_free_again():
    for _ in range(AT_ONCE * 3):
        Place()
        gc.collect()


def test_the_rows_are_made_in_the_language_of_who_asked():
    def words():
        yield gettext("January").encode()
        yield gettext("January").encode()

    with translation.override("fr"):
        file = leaving(words())
    assert list(file) == [b"janvier"] * 2
    assert gettext("January") == "January"
    file.close()


def test_an_error_goes_up_and_what_broke_off_is_in_the_log(caplog):
    def breaks():
        yield b"a"
        raise LookupError

    file = leaving(breaks())
    assert next(file) == b"a"
    with pytest.raises(LookupError):
        next(file)
    with caplog.at_level(logging.WARNING):
        file.close()
    assert caplog.messages == ["the export of access log entry 7 broke off before its end"]
    whole = leaving(pieces(b"a"))
    assert list(whole) == [b"a"]
    whole.close()
    assert len(caplog.messages) == 1
