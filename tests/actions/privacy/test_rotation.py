import os
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from nacl.public import PrivateKey

from actions.privacy import rotation
from actions.privacy.errors import UndecryptableError
from actions.privacy.fingerprints import record_key_for
from actions.privacy.models import RecordKey
from actions.privacy.rotation import Rotated, rotate
from tests.actions.privacy.sample_models import SampleLetter, SampleSigner

pytestmark = pytest.mark.usefixtures("samples", "ring")
MODELS = (SampleLetter, SampleSigner, RecordKey)


@pytest.fixture
def new_ring(settings, old_key):
    def turn():
        settings.PERSONAL_DATA_KEYS = {"old2": os.urandom(32), "old": old_key}

    return turn


def letters(count):
    for index in range(count):
        SampleLetter.objects.create(name=f"name {index}", payload={"n": index})


def test_everything_moves_to_the_new_key_and_the_old_one_may_go(settings, new_ring):
    letters(7)
    SampleLetter.objects.create(name="", note=None)
    signer, key = SampleSigner.objects.create(contact="c"), record_key_for("petition", 1)
    new_ring()
    assert rotate(dry_run=True, wanted=MODELS) == [
        Rotated("SampleLetter", 7, 0),
        Rotated("SampleSigner", 1, 0),
        Rotated("RecordKey", 1, 0),
    ]
    assert [result.rows for result in rotate(wanted=MODELS)] == [7, 1, 1]
    assert [result.rows for result in rotate(wanted=MODELS)] == [0, 0, 0]
    settings.PERSONAL_DATA_KEYS = {"old2": settings.PERSONAL_DATA_KEYS["old2"]}
    assert [row.name for row in SampleLetter.objects.order_by("pk")][:7] == [f"name {index}" for index in range(7)]
    assert SampleSigner.objects.get(pk=signer.pk).contact == "c"
    assert record_key_for("petition", 1) == key


def test_a_run_that_is_cut_off_goes_on_where_it_stopped(monkeypatch, new_ring):
    monkeypatch.setattr(rotation, "BATCH", 2)
    letters(7)
    new_ring()
    calls, real = [], rotation._encrypt_again

    def cut_off(row):
        calls.append(row.pk)
        if len(calls) == 5:
            raise KeyboardInterrupt
        return real(row)

    monkeypatch.setattr(rotation, "_encrypt_again", cut_off)
    with pytest.raises(KeyboardInterrupt):
        rotate(wanted=[SampleLetter])
    assert sorted(row.name for row in SampleLetter.objects.all()) == [f"name {index}" for index in range(7)]
    monkeypatch.setattr(rotation, "_encrypt_again", real)
    assert rotate(wanted=[SampleLetter]) == [Rotated("SampleLetter", 3, 0)]


def test_rows_written_while_the_ring_has_two_keys_are_all_readable(new_ring):
    letters(3)
    new_ring()
    letters(3)
    assert [row.payload["n"] for row in SampleLetter.objects.order_by("pk")] == [0, 1, 2] * 2
    assert rotate(wanted=[SampleLetter]) == [Rotated("SampleLetter", 3, 0)]


def test_a_row_that_does_not_open_is_counted_and_left_and_the_others_move(new_ring):
    letters(3)
    first = SampleLetter.objects.earliest("pk")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE privacy_samples_sampleletter SET name = 'v1:old:AAAA' WHERE id = %s", [first.pk])
    new_ring()
    assert rotate(wanted=[SampleLetter]) == [Rotated("SampleLetter", 3, 1)]
    assert rotate(wanted=[SampleLetter]) == [Rotated("SampleLetter", 1, 1)]
    with pytest.raises(UndecryptableError):
        SampleLetter.objects.get(pk=first.pk).name  # noqa: B018


def test_sealed_values_are_not_touched(settings, new_ring):
    settings.ORGANISATION_PUBLIC_KEY = bytes(PrivateKey.generate().public_key)
    SampleSigner.objects.create(contact="c")
    new_ring()
    assert rotate(wanted=[SampleSigner]) == [Rotated("SampleSigner", 0, 0)]


def test_the_command_reports_and_fails_when_rows_do_not_open(new_ring):
    record_key_for("petition", 1)
    new_ring()
    out = StringIO()
    call_command("rotate_personal_keys", "--dry-run", stdout=out)
    assert "RecordKey: 1 rows under an older key" in out.getvalue()
    RecordKey.objects.update(wrapped="v1:old:AAAA")
    with pytest.raises(CommandError, match="1 rows did not open"):
        call_command("rotate_personal_keys", stdout=StringIO())
