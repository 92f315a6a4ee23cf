"""The harness in small: it runs, it counts, and it never judges a machine."""

from __future__ import annotations

import json

import pytest

from tests.bench import letters, lookup, report
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
