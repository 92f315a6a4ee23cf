"""Every Chinese text that the site or the libraries below it say in public is written as in Hong Kong."""

from __future__ import annotations

import pathlib

import polib
import pytest
from django import forms
from django.core.validators import EmailValidator, validate_email
from django.utils import formats, timesince, translation
from django.utils.timezone import datetime, timedelta

from achk_site.translations import LOCALE, missing
from actions.donations.donor_forms import DonorLinkForm
from actions.donations.forms import GivingForm
from actions.letters.forms import LetterForm, LookupForm, PaperForm, ProvinceForm
from actions.petitions.forms import SignatureForm
from actions.subscribers.forms import SubscribeForm
from tests.hong_kong import foreign_words, half_width_marks, simplified_signs

FORMS = (SignatureForm, LetterForm, PaperForm, LookupForm, ProvinceForm, GivingForm, DonorLinkForm, SubscribeForm)


def written() -> list[str]:
    paths = (LOCALE / "zh_Hant" / "LC_MESSAGES").glob("*.po")
    found = [entry for path in paths for entry in polib.pofile(str(path))]
    return [text for entry in found for text in (entry.msgstr, *entry.msgstr_plural.values()) if text]


TEXTS = written()


def test_there_are_texts_to_look_at():
    assert len(TEXTS) > 1500


def test_the_words_are_those_of_hong_kong():
    assert [(foreign_words(text), text) for text in TEXTS if foreign_words(text)] == []


def test_no_sign_is_simplified():
    assert [(simplified_signs(text), text) for text in TEXTS if simplified_signs(text)] == []


def test_marks_are_full_width():
    assert [(half_width_marks(text), text) for text in TEXTS if half_width_marks(text)] == []


def test_nothing_is_slanted():
    assert [text for text in TEXTS if "<em" in text or "<i>" in text] == []


@pytest.mark.parametrize("form", FORMS)
def test_what_django_says_about_a_form_is_in_our_words(form):
    """Its own Traditional Chinese is Taiwan's, and reaches the public wherever a field brings no message of its own."""
    with translation.override("zh-hant"):
        said = [str(text) for text in messages_of(form)]
    assert said
    assert [(foreign_words(text), text) for text in said if foreign_words(text) or half_width_marks(text)] == []


def messages_of(form: type[forms.Form]):
    for field in form.base_fields.values():
        yield field.label or ""
        yield field.help_text
        yield from field.error_messages.values()
        for validator in field.validators:
            if isinstance(message := getattr(validator, "message", ""), str) or hasattr(message, "_proxy____args"):
                yield message


def test_what_django_says_besides():
    with translation.override("zh-hant"):
        now = datetime(2026, 11, 26)
        said = [
            formats.date_format(now, "DATE_FORMAT"),
            timesince.timesince(now - timedelta(days=400), now),
            str(validate_email.message),
            str(EmailValidator.message),
        ]
    assert [text for text in said if foreign_words(text) or half_width_marks(text)] == []
    assert said[0] == "2026年11月26日"


def test_a_text_without_a_translation_is_found(tmp_path: pathlib.Path, monkeypatch):
    """The check that CI runs, on a catalogue with a hole."""
    folder = tmp_path / "zh_Hant" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").write_text('msgid "Sign"\nmsgstr "簽署"\n\nmsgid "Give"\nmsgstr ""\n', encoding="utf-8")
    monkeypatch.setattr("achk_site.translations.LOCALE", tmp_path)
    assert missing() == ["zh_Hant: 'Give'"]


def test_nothing_is_missing_now():
    assert missing() == []
