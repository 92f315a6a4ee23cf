"""Letters that leave: our worker beside a raw SMTP loop and beside a queue library, pacing off.

Targets: one worker at least 0.45 of raw SMTP on one connection and at least four times django-tasks-db, four workers at
least two and a half times one.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tests.bench.contest import Contestant, Heat, Result, Target, alternate, in_the_race
from tests.bench.mail_race import Sink, race
from tests.bench.processes import FOLDER, PEER_PYTHON, PEER_SETTINGS, Child, carry_out, children, environment

OURS, OURS_FOUR, TASKS = "letters, 1 worker", "letters, 4 workers", "django-tasks-db, 1 worker"
RAW, NOTED = "raw SMTP", "raw SMTP, noted on disk"
TARGETS = [Target(OURS, RAW, 0.45), Target(OURS, TASKS, 4.0), Target(OURS_FOUR, OURS, 2.5)]


@dataclass(frozen=True)
class Size:
    """How many mails each contestant sends in a heat, and how many heats there are."""

    letters: int = 1500
    raw: int = 4000
    noted: int = 1500
    tasks: int = 400
    warm_up: int = 100
    rounds: int = 5
    crowd: int = 4


QUICK = Size(letters=24, raw=24, noted=24, tasks=12, warm_up=4, rounds=1, crowd=2)


@dataclass(frozen=True)
class Course:
    """Where everybody runs."""

    sink: Sink
    size: Size
    database_url: str
    folder: Path
    peer_python: Path | None

    @property
    def env(self) -> dict[str, str]:
        return environment(self.database_url, EMAIL_URL=f"smtp://127.0.0.1:{self.sink.port}")

    @property
    def peer_env(self) -> dict[str, str]:
        port = str(self.sink.port)
        return environment(self.database_url, DJANGO_SETTINGS_MODULE=PEER_SETTINGS, BENCH_MAIL_PORT=port)

    def contestants(self) -> list[Contestant]:
        """Return those that need nothing else to be installed."""
        return [
            Contestant(RAW, self.raw),
            Contestant(NOTED, self.noted),
            Contestant(OURS, lambda: self.ours(1)),
            Contestant(OURS_FOUR, lambda: self.ours(self.size.crowd)),
        ]

    def raw(self) -> Heat:
        return self._raw(self.size.raw)

    def noted(self) -> Heat:
        return self._raw(self.size.noted, str(self.folder / "noted"))

    def _raw(self, count: int, *notes: str) -> Heat:
        args = (str(self.sink.port), str(count + 1), str(self.folder / "mail.eml"), *notes)
        return self._race([("tests.bench.raw_smtp", *args)], count=count)

    def ours(self, workers: int) -> Heat:
        carry_out("tests.bench.our_letters", "again", env=self.env)
        return self._race([("tests.bench.our_worker",)] * workers, count=self.size.letters)

    def tasks(self) -> Heat:
        mails = str(self.folder / "mails.json")
        peer = {"env": self.peer_env, "python": self.peer_python}
        carry_out("tests.bench.peer_worker", "fill", mails, str(self.size.tasks), **peer)
        return self._race([("tests.bench.peer_worker", "work")], count=self.size.tasks, **peer)

    def _race(self, commands: list[tuple[str, ...]], *, count: int, **how) -> Heat:
        how = {"env": self.env, **how}
        warm_up = self.size.warm_up
        start = lambda: [Child(*command, **how) for command in commands]  # noqa: E731
        return race(self.sink, start, warm_up=warm_up, count=count - warm_up)


def run(name: str, database_url: str, *, size: Size, folder: Path = FOLDER, peer: Path | None = PEER_PYTHON) -> Result:
    """Run the whole benchmark on a migrated database that nobody else uses; ``peer`` is the Python with the peer."""
    folder.mkdir(parents=True, exist_ok=True)
    with children([Sink()]) as [sink]:
        course = Course(sink, size, database_url, folder, peer)
        carry_out("tests.bench.our_letters", "write", str(size.letters), str(folder), env=course.env)
        contestants, notes = course.contestants(), []
        if peer is not None and peer.exists():
            carry_out("django", "migrate", "--verbosity=0", env=course.peer_env, python=peer)
            contestants.append(Contestant(TASKS, course.tasks))
        else:
            notes.append(f"{TASKS} did not run: it is installed by `make bench` only")
        standings = alternate(contestants, rounds=size.rounds)
    return Result(name, standings, in_the_race(TARGETS, standings), notes)
