"""The harness in small: it runs, it counts, and it never judges a machine."""

from __future__ import annotations

import json
import shutil

import pytest
from django.utils import timezone

from actions.petitions.models import Signature, Tally
from actions.petitions.petition_models import KEY_OWNER
from actions.petitions.tally import check_drift
from actions.privacy import fingerprints
from actions.privacy.record_keys import record_key_for
from actions.subscribers.models import Subscriber
from actions.subscribers.registration import _find_subscriber
from tests.bench import databases, exports, letters, lookup, petition_seed, report, subscriber_seed
from tests.bench.contest import Contestant, Heat, Result, Standing, Target, alternate
from tests.bench.petitions import proof, races, signing
from tests.bench.petitions.client import Answer, Request
from tests.bench.petitions.course import QUICK, insist
from tests.bench.processes import SETTINGS
from tests.bench.webhooks import race as webhooks
from tests.chaos.workers import database_url
from tests.databases import migrated_file


def heat(seconds: float) -> Heat:
    return Heat(count=100, seconds=seconds, cpu_seconds=seconds / 2)


def test_contestants_take_turns_and_the_ratio_is_the_median_of_the_rounds():
    order: list[str] = []

    def contestant(name, seconds):
        times = iter(seconds)
        return Contestant(name, lambda: order.append(name) or heat(next(times)))

    standings = alternate([contestant("ours", [2, 4, 2]), contestant("peer", [1, 1, 4])], rounds=3)
    assert order == ["ours", "peer"] * 3
    assert Target("ours", "peer", 0.45).measured(standings) == 0.5
    assert Target("ours", "peer", 3.0, is_of_time=True).measured(standings) == 2.0
    assert Target("ours", "peer", 3.0, is_of_cpu=True).measured(standings) == 2.0
    assert standings["ours"].per_second == 50
    assert standings["ours"].cpu_ms == 10


@pytest.mark.parametrize(
    ("target", "measured", "verdict"),
    [
        (Target("ours", "peer", 0.45), 0.45, "target >= 0.45   met"),
        (Target("ours", "peer", 0.45), 0.44, "target >= 0.45   NOT MET"),
        (Target("ours", "peer", 0.03, is_of_time=True), 0.02, "target <= 0.03   met"),
        (Target("ours", "peer", 0.03, is_of_time=True), 0.04, "target <= 0.03   NOT MET"),
        (Target("ours", "peer", 0.15, is_of_cpu=True), 0.15, "target <= 0.15   met"),
    ],
)
def test_a_target_says_whether_it_is_met(target, measured, verdict):
    assert report.sentence(target, measured).endswith(verdict)


def test_what_is_printed_is_also_written(tmp_path):
    standings = {name: Standing(name, [heat(seconds)]) for name, seconds in (("ours", 2), ("peer", 1))}
    result = Result("A race", standings, [Target("ours", "peer", 0.45)], ["a note"], {"MiB": (26.0, 25.0)})
    report.write(tmp_path / "results.json", machine={"cores": 2}, results=[result], is_quick=True)
    text = "\n".join(report.lines(result))
    [written] = json.loads((tmp_path / "results.json").read_text())["benchmarks"]
    assert "rate of ours : peer = 0.500   target >= 0.45   met" in text
    assert "MiB = 26.0   target <= 25   NOT MET" in text
    assert "(a note)" in text
    assert written["targets"][0]["ratio"] == 0.5
    assert written["limits"]["MiB"] == {"value": 26.0, "most": 25.0, "is_met": False}


@pytest.fixture
def make_database(tmp_path, monkeypatch):
    """SQLite files under the test's own folder; ours are copies of what the tests have migrated."""
    monkeypatch.setattr(databases, "FOLDER", tmp_path)

    def make(name: str, *, settings: str = SETTINGS) -> str:
        if settings != SETTINGS or not migrated_file().exists():
            return databases.sqlite_url(name, settings=settings)
        shutil.copyfile(migrated_file(), tmp_path / f"{name}.sqlite3")
        return f"sqlite:///{tmp_path / name}.sqlite3"

    return make


@pytest.mark.django_db(transaction=True)
def test_letters_race_through_real_workers_and_a_real_mail_server(tmp_path):
    result = letters.run("Letters", database_url(), size=letters.QUICK, folder=tmp_path, peer=None)
    assert list(result.standings) == [letters.RAW, letters.NOTED, letters.OURS, letters.OURS_FOUR]
    assert all(standing.per_second > 0 for standing in result.standings.values())
    assert [target.peer for target in result.targets] == [letters.RAW, letters.OURS]
    assert result.notes


@pytest.mark.sqlite
@pytest.mark.django_db
def test_postal_codes_are_found_by_both_sides(make_database):
    result = lookup.run("Postal codes", make_database("lookup"), size=lookup.QUICK)
    assert result.standings[lookup.ORM].per_second > 0
    assert lookup.OURS in result.standings or result.notes == [lookup.WITHOUT_TABLE]


@pytest.mark.django_db(transaction=True)
def test_exports_leave_whole_beside_the_databases_own():
    result = exports.run("Exports", database_url(), size=exports.QUICK)
    assert list(result.standings)[:3] == [exports.SIGNATURES, exports.SUBSCRIBERS, exports.SIGNATURES_XLSX]
    assert len(result.limits) == 6
    assert result.notes in ([], [exports.NO_SHELL])


def test_a_heat_with_a_wrong_answer_is_no_heat():
    answers = [Answer(Request("/"), 303, 0.1), Answer(Request("/"), 429, 0.1)]
    with pytest.raises(RuntimeError, match="429 instead of 303, 1 times"):
        insist(answers, 303)


def test_a_number_that_is_off_in_any_way_is_noticed():
    before = {"told": 20, "confirmed": 20, "waiting": 0, "drift": 0}
    exact = {"told": 30, "confirmed": 30, "waiting": 0, "drift": 0}
    assert proof.difference(before, exact, 10) == 0
    assert proof.difference(before, exact, 11) == 1
    for name in exact:
        assert proof.difference(before, {**exact, name: exact[name] - 1 if name != "waiting" else 1}, 10) > 0, name


@pytest.mark.sqlite
@pytest.mark.django_db
def test_petitions_race_beside_a_stock_site_and_survive_kill_9(make_database, tmp_path):
    signed, counted, listed, proved = races.run("SQLite", make_database, size=QUICK, folder=tmp_path)
    assert [name for name in signed.standings if "stock" in name] == [signing.STOCK, signing.MAILING]
    assert len(counted.targets) == 2
    assert len(listed.targets) == 6
    *exact, lag = proved.limits.values()
    assert not [value for value, _most in exact if value]
    assert lag[0] <= proof.LAG_TARGET


@pytest.mark.sqlite
@pytest.mark.django_db
def test_webhooks_are_answered_without_asking_stripe(make_database, tmp_path, monkeypatch):
    monkeypatch.setattr(webhooks, "DJSTRIPE_PYTHON", tmp_path / "not-installed")
    found = webhooks.run("SQLite", make_database, size=webhooks.QUICK)
    assert list(found.standings) == ["ours, a paid page", "ours, an ignored event"]
    assert found.limits["questions to Stripe in a call of ours"] == (0.0, 0.0)
    assert found.notes == ["dj-stripe is not installed (make bench)"]


@pytest.mark.django_db(transaction=True)
def test_what_is_seeded_is_as_real_ones_are():
    petition = petition_seed.make_petition(signatures=120)
    subscriber_seed.make_subscribers(petition.campaign, count=20)
    key, signature = record_key_for(owner_kind=KEY_OWNER, owner_id=petition.pk), Signature.objects.order_by("pk")[6]
    name, email, code = signature.contact.split("\n")
    assert signature.email_fingerprint == fingerprints.email_fingerprint(key, email)
    assert signature.mailbox_key == fingerprints.loose_mailbox_fingerprint(key, email)
    assert signature.name_fingerprint == fingerprints.name_fingerprint(key, name)
    assert signature.postal_fingerprint == fingerprints.postal_fingerprint(key, code)
    check_drift(timezone.now())
    tally = Tally.objects.get()
    assert (tally.confirmed, tally.abroad, tally.drift) == (120, 2, None)
    reader = Subscriber.objects.get(pk=7)
    assert (reader.name, reader.email) == ("Reader 7", "reader7@reader.example")
    assert [one.pk for one in _find_subscriber("reader7@reader.example")] == [7]
