"""Contestants run in turn, A B C A B C, so that whatever else the machine does strikes them all alike."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from statistics import median


@dataclass(frozen=True)
class Heat:
    """One run: ``count`` operations in ``seconds``, and the processor time of the contestant's processes."""

    count: int
    seconds: float
    cpu_seconds: float

    @property
    def per_second(self) -> float:
        return self.count / self.seconds

    @property
    def cpu_ms(self) -> float:
        """Milliseconds of processor time for one operation, without the database server's and the mail server's."""
        return 1000 * self.cpu_seconds / self.count


@dataclass(frozen=True)
class Contestant:
    name: str
    run: Callable[[], Heat]


@dataclass
class Standing:
    """All heats of one contestant."""

    name: str
    heats: list[Heat] = field(default_factory=list)

    @property
    def per_second(self) -> float:
        return median(heat.per_second for heat in self.heats)

    @property
    def cpu_ms(self) -> float:
        return median(heat.cpu_ms for heat in self.heats)


@dataclass(frozen=True)
class Target:
    """``ours`` shall do at least ``ratio`` times what ``peer`` does; of time or processor time for one, at most."""

    ours: str
    peer: str
    ratio: float
    is_of_time: bool = False
    is_of_cpu: bool = False

    @property
    def kind(self) -> str:
        return "processor time" if self.is_of_cpu else "time" if self.is_of_time else "rate"

    @property
    def is_at_most(self) -> bool:
        return self.is_of_time or self.is_of_cpu

    def measured(self, standings: dict[str, Standing]) -> float:
        """Return the median of the ratios taken heat by heat."""
        pairs = list(zip(standings[self.ours].heats, standings[self.peer].heats, strict=True))
        if self.is_of_cpu:
            return median(mine.cpu_ms / theirs.cpu_ms if theirs.cpu_ms else 0.0 for mine, theirs in pairs)
        rates = median(mine.per_second / theirs.per_second for mine, theirs in pairs)
        return 1 / rates if self.is_of_time else rates

    def is_met(self, measured: float) -> bool:
        return measured <= self.ratio if self.is_at_most else measured >= self.ratio


@dataclass
class Result:
    """What one benchmark found: ``limits`` are figures with the most that is allowed, ``notes`` what was left out."""

    name: str
    standings: dict[str, Standing]
    targets: list[Target]
    notes: list[str] = field(default_factory=list)
    limits: dict[str, tuple[float, float]] = field(default_factory=dict)


def alternate(contestants: list[Contestant], *, rounds: int) -> dict[str, Standing]:
    """Let each run once in every round."""
    standings = {contestant.name: Standing(contestant.name) for contestant in contestants}
    for _ in range(rounds):
        for contestant in contestants:
            standings[contestant.name].heats.append(contestant.run())
    return standings


def in_the_race(targets: list[Target], standings: dict[str, Standing]) -> list[Target]:
    """Return the targets of which both sides ran."""
    return [target for target in targets if target.ours in standings and target.peer in standings]
