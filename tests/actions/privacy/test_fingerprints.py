import pytest

from actions.privacy.errors import RecordKeyDestroyedError, UndecryptableError
from actions.privacy.fingerprints import (
    canonical_email,
    destroy_record_key,
    email_fingerprint,
    live_record_keys,
    name_fingerprint,
    postal_fingerprint,
    record_key_for,
)
from actions.privacy.models import RecordKey

KEY = b"k" * 32


@pytest.mark.parametrize(
    ("typed", "canonical"),
    [
        ("A.B+x@GMail.com", "ab@gmail.com"),
        ("ab@googlemail.com", "ab@gmail.com"),
        (" ab＠gmail.com ", "ab@gmail.com"),
        ("ａｂ@gmail.com", "ab@gmail.com"),
        ("ab@gmail.com\u200b", "ab@gmail.com"),
        ("ab@gmail.com.", "ab@gmail.com"),
        ("chan+hk@outlook.com", "chan@outlook.com"),
        ("c.han@outlook.com", "c.han@outlook.com"),
        ("chan+hk@fastmail.com", "chan@fastmail.com"),
        ("c.h-an_+x@pm.me", "chan@proton.me"),
        ("chan@me.com", "chan@icloud.com"),
        ("a.b+x@example.org", "a.b+x@example.org"),
        ("ana@bücher.example", "ana@xn--bcher-kva.example"),
        ("ana@xn--bcher-kva.example", "ana@xn--bcher-kva.example"),
        ("...@gmail.com", "...@gmail.com"),
        ("+@gmail.com", "+@gmail.com"),
        ('"a@b"@example.org', '"a@b"@example.org'),
    ],
)
def test_one_mailbox_has_one_spelling(typed, canonical):
    assert canonical_email(typed) == (canonical, 1)
    assert canonical_email(canonical).address == canonical


@pytest.mark.parametrize("typed", ["", "x", "@", "a@", "@b", " @gmail.com", "a@.", "\u200b@example.org"])
def test_what_is_no_address_is_refused(typed):
    with pytest.raises(ValueError, match="address"):
        canonical_email(typed)


@pytest.mark.parametrize("typed", ["\ud800@example.org", "a@\ud800", "a@" + "x" * 300, "a@b..c", "a@" + "\u0338" * 90])
def test_absurd_addresses_have_a_fingerprint_instead_of_an_error(typed):
    assert len(email_fingerprint(KEY, typed)) == 64


def test_look_alike_letters_are_other_people():
    assert email_fingerprint(KEY, "chan@exаmple.com") != email_fingerprint(KEY, "chan@example.com")


def test_names_match_by_letters_only():
    same = {name_fingerprint(KEY, name) for name in ("O'Brien", "o’brien", " O BRIEN ", "Ｏ'Brien", "O\u200bBrien")}
    assert len(same) == 1
    assert name_fingerprint(KEY, "René") == name_fingerprint(KEY, "Rene\u0301")
    assert name_fingerprint(KEY, "陳大文") != name_fingerprint(KEY, "陳小文")
    assert name_fingerprint(KEY, "🙂") != name_fingerprint(KEY, "🙃")


def test_postal_codes_match_by_letters_and_digits():
    assert len({postal_fingerprint(KEY, code) for code in ("K1A 0A6", "k1a0a6", "K1A-0A6", "Ｋ１Ａ\u00a0０Ａ６")}) == 1


def test_kinds_and_keys_give_different_fingerprints():
    assert name_fingerprint(KEY, "k1a0a6") != postal_fingerprint(KEY, "k1a0a6")
    assert name_fingerprint(KEY, "Ada") != name_fingerprint(b"j" * 32, "Ada")


def test_empty_values_have_no_fingerprint():
    for make in (name_fingerprint, postal_fingerprint):
        with pytest.raises(ValueError, match="empty"):
            make(KEY, " ")


@pytest.mark.django_db
class TestRecordKeys:
    def test_a_record_keeps_its_key_and_shares_it_with_nobody(self):
        key = record_key_for("letter_campaign", 1)
        assert len(key) == 32
        assert record_key_for(owner_kind="letter_campaign", owner_id=1) == key
        assert key not in (record_key_for("letter_campaign", 2), record_key_for("petition", 1))
        assert dict(live_record_keys("letter_campaign")).keys() == {1, 2}

    def test_the_key_stands_wrapped_and_opens_for_its_record_only(self):
        key = record_key_for("petition", 1)
        record_key_for("petition", 2)
        row = RecordKey.objects.get(owner_kind="petition", owner_id=1)
        assert row.wrapped.startswith("v1:dev:")
        assert key.hex() not in row.wrapped
        RecordKey.objects.filter(owner_id=2).update(wrapped=row.wrapped)
        with pytest.raises(UndecryptableError):
            record_key_for("petition", 2)

    def test_a_destroyed_key_never_comes_back(self):
        record_key_for("petition", 1)
        assert destroy_record_key("petition", 1)
        assert not destroy_record_key("petition", 1)
        assert RecordKey.objects.get().wrapped == ""
        assert list(live_record_keys("petition")) == []
        with pytest.raises(RecordKeyDestroyedError):
            record_key_for("petition", 1)
