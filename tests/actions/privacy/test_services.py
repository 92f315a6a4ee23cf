import pytest

from actions import registry
from actions.privacy.errors import ErasureIncompleteError
from actions.privacy.models import AccessLog
from actions.privacy.retention import blank
from actions.privacy.services import erase, tell
from actions.registry import PersonalDataSource
from tests.actions.privacy.sample_models import SampleLetter

pytestmark = pytest.mark.usefixtures("samples")
ADDRESS = "ada@example.org"


def erase_row(row):
    if row.is_stuck:
        raise RuntimeError(ADDRESS)
    blank(row)


def source(name):
    return PersonalDataSource(
        name=name,
        model=SampleLetter,
        find=lambda email: (row for row in SampleLetter.objects.filter(nick=name) if row.email == email),
        tell=lambda row: {"Name": row.name},
        erase=erase_row,
        retire=lambda now: 0,
    )


@pytest.fixture(autouse=True)
def sources(monkeypatch):
    both = [source("one"), source("two")]
    monkeypatch.setattr(registry, "sources", lambda: both)


def letter(nick, email=ADDRESS, **changes):
    return SampleLetter.objects.create(nick=nick, email=email, name="Ada", **changes)


def test_a_person_is_told_what_every_source_holds():
    letter("one"), letter("two"), letter("two", email="other@example.org")
    assert [(held.source, held.content) for held in tell(email=ADDRESS)] == [
        ("one", {"Name": "Ada"}),
        ("two", {"Name": "Ada"}),
    ]


def test_erasing_blanks_every_row_of_the_person_and_no_other():
    other = letter("two", email="other@example.org")
    letter("one"), letter("two")
    assert erase(email=ADDRESS) == 2
    assert tell(email=ADDRESS) == []
    assert SampleLetter.objects.get(pk=other.pk).name == "Ada"


def test_both_are_logged_without_the_address():
    letter("one")
    tell(ADDRESS)
    erase(ADDRESS)
    entries = list(AccessLog.objects.order_by("id").values("verb", "subject", "reason", "username", "count"))
    assert [(entry["verb"], entry["count"]) for entry in entries] == [("tell", 1), ("erase", 1)]
    assert "ada" not in repr(entries).lower()


def test_a_row_that_cannot_be_erased_keeps_no_other_and_is_said(caplog):
    letter("one", is_stuck=True), letter("one"), letter("two")
    with pytest.raises(ErasureIncompleteError) as caught:
        erase(ADDRESS)
    assert (caught.value.erased, caught.value.failed) == (2, 1)
    assert AccessLog.objects.get().count == 2
    assert ADDRESS not in caplog.text
