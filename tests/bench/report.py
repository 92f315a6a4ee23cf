"""What people read and what programs read: the same figures."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.bench.contest import Result, Target


def lines(result: Result) -> list[str]:
    """Return the result of one benchmark as text."""
    text = [f"\n{result.name}"]
    for standing in result.standings.values():
        text.append(f"  {standing.name:<28} {standing.per_second:>12,.1f} /s   CPU {standing.cpu_ms:>9.4f} ms each")
    text += [f"  {sentence(target, target.measured(result.standings))}" for target in result.targets]
    text += [f"  {sentence_of_limit(name, value, most)}" for name, (value, most) in result.limits.items()]
    return text + [f"  ({note})" for note in result.notes]


def sentence(target: Target, measured: float) -> str:
    bound = "<=" if target.is_at_most else ">="
    verdict = "met" if target.is_met(measured) else "NOT MET"
    return (
        f"{target.kind} of {target.ours} : {target.peer} = {measured:.3f}   target {bound} {target.ratio}   {verdict}"
    )


def sentence_of_limit(name: str, value: float, most: float) -> str:
    return f"{name} = {value:.1f}   target <= {most:g}   {'met' if value <= most else 'NOT MET'}"


def as_data(result: Result) -> dict[str, Any]:
    """Return the result of one benchmark for the file."""
    return {
        "name": result.name,
        "contestants": {
            standing.name: {
                "median_per_second": round(standing.per_second, 2),
                "median_cpu_ms": round(standing.cpu_ms, 5),
                "per_second": [round(heat.per_second, 2) for heat in standing.heats],
            }
            for standing in result.standings.values()
        },
        "targets": [target_data(target, target.measured(result.standings)) for target in result.targets],
        "limits": {
            name: {"value": round(value, 2), "most": most, "is_met": value <= most}
            for name, (value, most) in result.limits.items()
        },
        "notes": result.notes,
    }


def target_data(target: Target, measured: float) -> dict[str, Any]:
    return {
        "ours": target.ours,
        "peer": target.peer,
        "of": target.kind,
        "target": target.ratio,
        "ratio": round(measured, 4),
        "is_met": target.is_met(measured),
    }


def write(path: Path, *, machine: dict[str, Any], results: list[Result], is_quick: bool) -> None:
    """Write the file anew; ``measured_at`` is UTC."""
    path.parent.mkdir(parents=True, exist_ok=True)
    data = {
        "measured_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "is_quick": is_quick,
        "machine": machine,
        "benchmarks": [as_data(result) for result in results],
    }
    path.write_text(json.dumps(data, indent=2, ensure_ascii=False) + "\n")
