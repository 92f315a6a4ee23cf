"""The harness in small: it runs, it counts, and it never judges a machine."""

from __future__ import annotations

import json

import pytest
from django.utils import timezone

from actions.petitions.tally import check_drift
from actions.subscribers.models import Subscriber
from actions.subscribers.registration import _find_subscriber
from tests.bench import exports, letters, lookup, petition_seed, report, subscriber_seed
from tests.bench.contest import Contestant, Heat, Result, Standing, Target, alternate
from tests.chaos.workers import database_url


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
    assert standings["ours"].per_second == 50
    assert standings["ours"].cpu_ms == 10


@pytest.mark.parametrize(
    ("target", "measured", "verdict"),
    [
        (Target("ours", "peer", 0.45), 0.45, "target >= 0.45   met"),
        (Target("ours", "peer", 0.45), 0.44, "target >= 0.45   NOT MET"),
        (Target("ours", "peer", 0.03, is_of_time=True), 0.02, "target <= 0.03   met"),
        (Target("ours", "peer", 0.03, is_of_time=True), 0.04, "target <= 0.03   NOT MET"),
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


@pytest.mark.django_db(transaction=True)
def test_letters_race_through_real_workers_and_a_real_mail_server(tmp_path):
    result = letters.run("Letters", database_url(), size=letters.QUICK, folder=tmp_path, peer=None)
    assert list(result.standings) == [letters.RAW, letters.NOTED, letters.OURS, letters.OURS_FOUR]
    assert all(standing.per_second > 0 for standing in result.standings.values())
    assert [target.peer for target in result.targets] == [letters.RAW, letters.OURS]
    assert result.notes


@pytest.mark.django_db(transaction=True)
def test_postal_codes_are_found_by_both_sides():
    result = lookup.run("Postal codes", database_url(), size=lookup.QUICK)
    assert result.standings[lookup.ORM].per_second > 0
    assert lookup.OURS in result.standings or result.notes == [lookup.WITHOUT_TABLE]


@pytest.mark.django_db(transaction=True)
def test_exports_leave_whole_beside_the_databases_own():
    result = exports.run("Exports", database_url(), size=exports.QUICK)
    assert list(result.standings)[:3] == [exports.SIGNATURES, exports.SUBSCRIBERS, exports.SIGNATURES_XLSX]
    assert len(result.limits) == 6
    assert result.notes in ([], [exports.NO_SHELL])


@pytest.mark.django_db(transaction=True)
def test_what_is_seeded_is_as_real_ones_are():
    from actions.petitions.models import Signature, Tally
    from actions.petitions.petition_models import KEY_OWNER
    from actions.privacy.fingerprints import email_fingerprint, name_fingerprint, postal_fingerprint, record_key_for

    petition = petition_seed.make_petition(signatures=120)
    subscriber_seed.make_subscribers(petition.campaign, count=20)
    key, signature = record_key_for(KEY_OWNER, petition.pk), Signature.objects.order_by("pk")[6]
    name, email, code = signature.contact.split("\n")
    assert signature.email_fingerprint == email_fingerprint(key, email)
    assert signature.name_fingerprint == name_fingerprint(key, name)
    assert signature.postal_fingerprint == postal_fingerprint(key, code)
    tally = Tally.objects.get()
    assert (tally.confirmed, tally.abroad) == (120, 2)
    assert check_drift(timezone.now()) is None
    assert Tally.objects.get().drift is None
    reader = Subscriber.objects.get(pk=7)
    assert (reader.name, reader.email) == ("Reader 7", "reader7@reader.example")
    assert [one.pk for one in _find_subscriber("reader7@reader.example")] == [7]
