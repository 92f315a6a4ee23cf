"""Every model of the actions app says what it holds about people: it is a PersonalModel or says why not."""

import pytest
from django.apps import apps

from actions import registry
from actions.privacy.declarations import undeclared
from actions.privacy.retention import RetentionRule, blank
from actions.registry import PersonalDataSource
from tests.actions.privacy.sample_models import SampleForgetful, SampleLetter, SampleSilent


@pytest.fixture
def sample_source(monkeypatch):
    source = PersonalDataSource("s", SampleLetter, lambda email: iter(()), lambda row: {}, blank, lambda now: 0)
    monkeypatch.setattr(registry, "sources", lambda: [source])


def test_every_model_declares_its_personal_data():
    assert undeclared(apps.get_app_config("actions").get_models()) == []


def test_a_complete_model_is_accepted(sample_source):
    assert undeclared([SampleLetter]) == []


def test_undeclared_models_are_reported():
    """The control: the test above would notice."""
    assert undeclared([SampleForgetful, SampleSilent, SampleLetter]) == [
        "privacy_samples.SampleForgetful: declares no retention.",
        "privacy_samples.SampleForgetful: 'name' is in no retention rule.",
        "privacy_samples.SampleForgetful: plain column 'city' is not in plain_columns with a reason.",
        "privacy_samples.SampleForgetful: has no registered PersonalDataSource.",
        "privacy_samples.SampleSilent: must be a PersonalModel or say in holds_no_personal_data why it holds none.",
        "privacy_samples.SampleLetter: has no registered PersonalDataSource.",
    ]


def test_wrong_declarations_are_reported(monkeypatch, sample_source):
    rules = [
        RetentionRule(name="a", due=lambda now: SampleLetter.objects.none(), columns=("nothing",), sentence=""),
        RetentionRule(name="b", due=lambda now: SampleLetter.objects.none(), columns=("is_held",), sentence=""),
    ]
    monkeypatch.setattr(SampleLetter, "retention", (*rules, *SampleLetter.retention))
    monkeypatch.setattr(SampleLetter, "plain_columns", {**SampleLetter.plain_columns, "nick": " ", "name": "why"})
    problems = " ".join(undeclared([SampleLetter]))
    for expected in ("rule 'a'", "rule 'b'", "plain column 'nick'", "plain_columns names 'name'"):
        assert expected in problems
