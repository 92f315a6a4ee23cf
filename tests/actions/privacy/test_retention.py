from datetime import timedelta

import pytest
from django.utils import timezone

from actions import registry
from actions.privacy import retention
from actions.privacy.registration import RETIREMENT
from actions.privacy.retention import RetentionRule, blank, retire, retire_all
from actions.registry import PersonalDataSource
from tests.actions.privacy.sample_models import SampleLetter

pytestmark = pytest.mark.usefixtures("samples")
NOW = timezone.now()
OLD = NOW - timedelta(days=29)


def letter(**changes):
    values = {"name": "Ada", "email": "a@b.ca", "note": "n", "payload": {"a": 1}, "nick": "nick", "written_at": OLD}
    return SampleLetter.objects.create(**values | changes)


def content(row):
    row = SampleLetter.objects.get(pk=row.pk)
    return (row.name, row.email, row.note, row.payload, row.nick)


def source(name, act):
    return PersonalDataSource(name, SampleLetter, lambda email: iter(()), lambda row: {}, blank, act)


def test_due_rows_are_blanked_and_kept_and_others_are_left():
    due, fresh, held = letter(), letter(written_at=NOW - timedelta(days=27)), letter(is_held=True)
    assert retire(SampleLetter, NOW) == 1
    assert content(due) == ("", "", None, {}, "")
    assert content(fresh) == content(held) == ("Ada", "a@b.ca", "n", {"a": 1}, "nick")
    assert retire(SampleLetter, NOW) == 0


def test_a_row_that_cannot_be_blanked_stops_no_other_row(monkeypatch, caplog):
    monkeypatch.setattr(retention, "BATCH", 3)
    stuck = letter(is_stuck=True)
    others = [letter() for _ in range(7)]
    assert retire(SampleLetter, NOW) == 7
    assert all(content(row)[0] == "" for row in others)
    assert content(stuck)[0] == "Ada"
    assert f"row {stuck.pk} failed with IntegrityError" in caplog.text
    assert "Ada" not in caplog.text


def test_a_broken_rule_or_source_stops_no_other(monkeypatch, caplog):
    def breaks(now):
        raise RuntimeError("Ada <a@b.ca>")

    broken = RetentionRule(name="broken", due=breaks, columns=("name",), sentence="")
    monkeypatch.setattr(SampleLetter, "retention", (broken, *SampleLetter.retention))
    sources = [source("broken", breaks), source("letters", lambda now: retire(SampleLetter, now))]
    monkeypatch.setattr(registry, "sources", lambda: sources)
    row = letter()
    retire_all(NOW)
    assert content(row)[0] == ""
    assert "a@b.ca" not in caplog.text


def test_a_row_no_longer_due_when_its_turn_comes_is_left(monkeypatch):
    row = letter()
    rule = SampleLetter.retention[0]
    SampleLetter.objects.update(is_held=True)
    assert retention._blank_due(SampleLetter, rule, NOW, [row.pk]) == 0
    assert content(row)[0] == "Ada"


def test_erasing_one_row_blanks_all_that_retention_would():
    row, other = letter(), letter()
    blank(row)
    assert content(row) == ("", "", None, {}, "")
    assert content(other)[0] == "Ada"


def test_the_worker_runs_it_every_hour():
    assert RETIREMENT in registry.jobs()
    assert RETIREMENT.every == timedelta(hours=1)
