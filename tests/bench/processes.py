"""Child processes: the mail server, the contestants and what prepares them, each with its own database address."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "var" / "bench"
PEER_PYTHON = FOLDER / "venv" / "bin" / "python"  # made by `make bench`: the peers are not in .venv
# dj-stripe wants an older client of Stripe's than the site has, so it gets an environment of its own.
DJSTRIPE_PYTHON = FOLDER / "djstripe" / "bin" / "python"
TICKS = os.sysconf("SC_CLK_TCK")
SETTINGS = "tests.bench.settings"
PEER_SETTINGS = "tests.bench.peer_settings"


def environment(database_url: str, **variables: str) -> dict[str, str]:
    return {
        **os.environ,
        "DATABASE_URL": database_url,
        "DJANGO_SETTINGS_MODULE": SETTINGS,
        "PYTHONPATH": str(ROOT),
        **variables,
    }


def carry_out(module: str, *args: str, env: dict[str, str], python: str | Path = sys.executable) -> str:
    """Run a module to its end and return what it printed; raise CalledProcessError when it fails."""
    command = [str(python), "-m", module, *args]
    return subprocess.run(command, cwd=ROOT, env=env, check=True, capture_output=True, text=True).stdout


class Child:
    """A process that talks in lines."""

    def __init__(self, module: str, *args: str, env: dict[str, str], python: str | Path = sys.executable) -> None:
        self.process = subprocess.Popen(
            [str(python), "-m", module, *args],
            cwd=ROOT,
            env=env,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def hear(self) -> str:
        """Return the next line that it prints; raise RuntimeError when it has ended."""
        line = self.process.stdout.readline().strip()
        if not line:
            raise RuntimeError(f"{self.process.args} has ended")
        return line

    def tell(self, line: str) -> None:
        self.process.stdin.write(f"{line}\n")
        self.process.stdin.flush()

    def cpu_seconds(self) -> float:
        """Return the processor time it has used; 0 where the system does not tell (not Linux) or it has ended."""
        with suppress(OSError, IndexError):
            fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
            return (int(fields[11]) + int(fields[12])) / TICKS
        return 0.0

    def end(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process.stdin.close()
        self.process.stdout.close()


@contextmanager
def children(started: Sequence[Child]) -> Iterator[Sequence[Child]]:
    """End all of them, whatever happens."""
    try:
        yield started
    finally:
        for child in started:
            child.end()
