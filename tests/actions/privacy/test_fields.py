import random
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.core.serializers import serialize
from django.db import connection, models, transaction
from django.db.models import F, Value
from django.db.models.functions import Concat

from actions.privacy.errors import EncryptedFieldError, MissingKeyError, UndecryptableError
from actions.privacy.fields import EncryptedJSONField, EncryptedTextField, Stored
from tests.actions.privacy.sample_models import SampleLetter

pytestmark = pytest.mark.usefixtures("samples")

ODD_TEXTS = [
    *(
        "陳大文",
        "𠝹𨋢",
        "Nguyễn",
        "O'Brien",
        "=HYPERLINK(1)",
        "x" * 10_000,
        "e\u0301",
        "\u202egnp.exe",
        " ",
        "v1:dev:AAAA",
    ),
    "👨‍👩‍👧‍👦\u2028\ufeff",
    "\r\nBcc: v@v",
]


def raw(column, pk):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM privacy_samples_sampleletter WHERE id = %s", [pk])
        return cursor.fetchone()[0]


def reload(row):
    return SampleLetter.objects.get(pk=row.pk)


@pytest.mark.parametrize("text", ODD_TEXTS, ids=lambda text: ascii(text[:12]))
def test_odd_text_comes_back_as_it_was(text):
    row = SampleLetter.objects.create(name=text)
    assert row.name == text
    assert reload(row).name == text
    assert raw("name", row.pk).startswith("v1:dev:")


def test_a_thousand_random_texts_come_back_through_bulk_create():
    chance = random.Random(20)
    letters = [chr(code) for code in (*range(32, 127), 0xE9, 0x9673, 0x20779, 0x1F600, 10)]
    texts = ["".join(chance.choices(letters, k=chance.randint(1, 60))) for _ in range(1_000)]
    payloads = [{"to": text, "n": index, "deep": [None, True, {"x": text}]} for index, text in enumerate(texts)]
    rows = [SampleLetter(name=text, payload=payload) for text, payload in zip(texts, payloads, strict=True)]
    SampleLetter.objects.bulk_create(rows)
    found = list(SampleLetter.objects.order_by("pk"))
    assert [row.name for row in found] == texts
    assert [row.payload for row in found] == payloads


def test_the_same_text_is_never_stored_alike():
    rows = [SampleLetter.objects.create(name="Ada") for _ in range(20)]
    assert len({raw("name", row.pk) for row in rows}) == 20


def test_table_holds_no_trace_of_what_was_written():
    SampleLetter.objects.create(
        name="canary-name", email="canary@example.org", note="canary-note", payload={"a": "canary"}
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM privacy_samples_sampleletter")
        assert "canary" not in repr(cursor.fetchall())


def test_empty_text_null_and_empty_json_keep_their_difference():
    row = SampleLetter.objects.create(name="", note=None, payload={})
    assert (raw("name", row.pk), raw("note", row.pk), raw("payload", row.pk)) == ("", None, "")
    again = reload(row)
    assert (again.name, again.note, again.payload) == ("", None, {})


@pytest.mark.parametrize("value", ["", [], 0, False, "text", [1, {"a": "é"}]])
def test_json_values_come_back_with_their_type(value):
    again = reload(SampleLetter.objects.create(payload=value)).payload
    assert again == value
    assert type(again) is type(value)


def test_rows_are_read_without_opening_them():
    row = SampleLetter.objects.create(name="Ada", email="ada@example.org")
    again = reload(row)
    assert isinstance(again.__dict__["name"], Stored)
    assert again.name == "Ada"
    assert isinstance(again.__dict__["email"], Stored)
    assert "Ada" not in repr(SampleLetter.objects.values("name", "email"))


def test_saving_leaves_unopened_values_as_they_are():
    row = SampleLetter.objects.create(name="Ada", email="ada@example.org")
    before = raw("email", row.pk)
    again = reload(row)
    again.name = "Grace"
    again.save()
    assert raw("email", row.pk) == before
    assert (reload(row).name, reload(row).email) == ("Grace", "ada@example.org")


def test_deferred_and_refreshed_fields_open():
    row = SampleLetter.objects.create(name="Ada")
    assert SampleLetter.objects.only("pk").get(pk=row.pk).name == "Ada"
    assert SampleLetter.objects.defer("row_key").get(pk=row.pk).name == "Ada"
    row.name = "changed"
    row.refresh_from_db(fields=["name"])
    assert row.name == "Ada"


def test_changes_inside_json_are_saved():
    row = reload(SampleLetter.objects.create(payload={"to": "a"}))
    row.payload["to"] = "b"
    row.save()
    assert reload(row).payload == {"to": "b"}


def test_ciphertext_moved_to_another_row_or_column_does_not_open():
    one, two = SampleLetter.objects.create(name="Ada", email="ada@example.org"), SampleLetter.objects.create(name="Eve")
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE privacy_samples_sampleletter SET name = %s, email = %s WHERE id = %s",
            [raw("name", one.pk), raw("name", two.pk), two.pk],
        )
    for attribute in ("name", "email"):
        with pytest.raises(UndecryptableError):
            getattr(reload(two), attribute)


@pytest.mark.parametrize("stored", ["Ada", "v1:dev:", "v1:dev:!!", "v1:dev:AAAA", "v2:dev:AAAA", "sealed:v1:AAAA"])
def test_what_is_not_ciphertext_is_never_passed_through(stored):
    row = SampleLetter.objects.create(name="x")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE privacy_samples_sampleletter SET name = %s WHERE id = %s", [stored, row.pk])
    with pytest.raises(UndecryptableError) as caught:
        reload(row).name  # noqa: B018
    assert "Ada" not in str(caught.value)


def test_altered_ciphertext_does_not_open():
    row = SampleLetter.objects.create(name="Ada")
    stored = raw("name", row.pk)
    altered = stored[:-2] + ("A" if stored[-2] != "A" else "B") + stored[-1]
    with connection.cursor() as cursor:
        cursor.execute("UPDATE privacy_samples_sampleletter SET name = %s WHERE id = %s", [altered, row.pk])
    with pytest.raises(UndecryptableError):
        reload(row).name  # noqa: B018


def test_copied_instance_with_a_new_row_key_fails_instead_of_storing_what_cannot_be_read():
    row = reload(SampleLetter.objects.create(name="Ada"))
    row.pk, row._state.adding, row.row_key = None, True, uuid4()
    with pytest.raises(UndecryptableError):
        row.save()


def test_missing_key_is_named_and_nothing_is_returned(settings, ring):
    row = SampleLetter.objects.create(name="Ada")
    settings.PERSONAL_DATA_KEYS = {"new": b"n" * 32}
    with pytest.raises(MissingKeyError, match="'old'"):
        reload(row).name  # noqa: B018


@pytest.mark.parametrize("text", ["a\0b", "\ud800", "ok\udfff"], ids=ascii)
def test_nul_and_lone_surrogates_are_refused(text):
    with pytest.raises(ValidationError):
        SampleLetter(name=text).full_clean()
    for values in ({"name": text}, {"payload": {"a": [{"b": text}]}}, {"payload": {text: 1}}):
        with pytest.raises(ValueError, match=r"NUL|surrogates"), transaction.atomic():
            SampleLetter.objects.create(**values)


def test_bytes_are_not_taken_for_text():
    with pytest.raises(TypeError):
        SampleLetter.objects.create(name=b"Ada")


@pytest.mark.parametrize("lookup", ["name", "name__iexact", "name__icontains", "name__in", "name__gt", "payload__a"])
def test_looking_into_a_column_raises(lookup):
    for query in (SampleLetter.objects.filter, SampleLetter.objects.exclude, SampleLetter.objects.get):
        with pytest.raises(EncryptedFieldError):
            query(**{lookup: "Ada"})


def test_isnull_and_isblank_may_be_asked():
    full, empty = SampleLetter.objects.create(name="Ada", note="n"), SampleLetter.objects.create(name="", note=None)
    assert list(SampleLetter.objects.filter(name__isblank=False)) == [full]
    assert list(SampleLetter.objects.filter(name__isblank=True)) == [empty]
    assert list(SampleLetter.objects.filter(note__isblank=True)) == [empty]
    assert list(SampleLetter.objects.filter(note__isnull=False)) == [full]
    assert list(SampleLetter.objects.exclude(note__isblank=True)) == [full]


@pytest.mark.parametrize(
    "value",
    ["Ada", Value("Ada"), F("email"), Concat("name", Value("x")), {"a": 1}],
    ids=lambda value: type(value).__name__,
)
def test_update_with_a_value_raises_and_changes_nothing(value):
    row = SampleLetter.objects.create(name="kept", payload={"kept": 1})
    for column in ("name", "payload"):
        with pytest.raises(EncryptedFieldError):
            SampleLetter.objects.update(**{column: value})
    assert (reload(row).name, reload(row).payload) == ("kept", {"kept": 1})


def test_update_may_blank():
    row = SampleLetter.objects.create(name="Ada", note="n", payload={"a": 1})
    SampleLetter.objects.filter(pk=row.pk).update(name="", note=None, payload={})
    again = reload(row)
    assert (again.name, again.note, again.payload) == ("", None, {})
    assert raw("payload", row.pk) == ""


def test_bulk_update_and_bulk_upsert_raise():
    row = SampleLetter.objects.create(name="Ada")
    row.name = "Grace"
    with pytest.raises(EncryptedFieldError):
        SampleLetter.objects.bulk_update([row], ["name"])
    with pytest.raises(EncryptedFieldError):
        SampleLetter.objects.bulk_create([row], update_conflicts=True, update_fields=["name"], unique_fields=["id"])


def test_expressions_on_an_instance_raise():
    with pytest.raises(EncryptedFieldError):
        SampleLetter.objects.create(name=Value("Ada"))


def test_dumping_data_refuses_to_write_plain_text():
    SampleLetter.objects.create(name="Ada")
    with pytest.raises(EncryptedFieldError):
        serialize("json", SampleLetter.objects.all())


def test_fields_can_be_written_into_migrations():
    for field in (EncryptedTextField(blank=True), EncryptedJSONField(null=True, default=dict)):
        _, path, args, kwargs = field.deconstruct()
        assert path.startswith("actions.privacy.fields.")
        assert type(field)(*args, **kwargs).deconstruct()[1:] == (path, args, kwargs)


def test_misused_fields_are_reported_by_the_system_check():
    class Misuse(models.Model):
        name = EncryptedTextField(unique=True)

        class Meta:
            app_label = "privacy_samples"

    assert {"privacy.E010", "privacy.E011"} <= {message.id for message in Misuse._meta.get_field("name").check()}
