"""Where petitions race: our site with few and with many signatures, the peer with as many, all served alike."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

from tests.bench.contest import Heat
from tests.bench.mail_race import Sink
from tests.bench.petitions.client import Answer, Request, read_requests, send_all
from tests.bench.petitions.server import Server
from tests.bench.processes import FOLDER, SETTINGS, carry_out, children, environment

OUR_SIDE, PEER_SIDE = "tests.bench.petitions.our_side", "tests.bench.petitions.peer.peer_side"
PEER_SETTINGS = "tests.bench.petitions.peer.settings"
# Makes a migrated database of a name with the tables of some settings; returns its address.
MakeDatabase = Callable[..., str]


@dataclass(frozen=True)
class Size:
    """BENCH_SIGNATURES=1000000,6000000 compares other sizes."""

    few: int = int(os.environ.get("BENCH_SIGNATURES", "1000,1000000").split(",")[0])
    many: int = int(os.environ.get("BENCH_SIGNATURES", "1000,1000000").split(",")[-1])
    posts: int = 600
    reads: int = 1500
    pages: int = 60
    warm_up: int = 40
    proof: int = 1200
    connections: int = 8
    rounds: int = 5


QUICK = Size(few=20, many=400, posts=8, reads=8, pages=2, warm_up=2, proof=120, rounds=1)


@dataclass
class Site:
    """One database and the web server in front of it; ``known`` is what its seeding told."""

    url: str
    settings: str
    side: str
    wsgi: str
    ready: str
    mail_port: int
    signatures: int
    known: dict[str, str] = field(default_factory=dict)
    server: Server | None = None
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    @property
    def env(self) -> dict[str, str]:
        """Mail goes to the sink; each signer comes from an address of its own, so that no limit is in the way."""
        mail = {"EMAIL_URL": f"smtp://127.0.0.1:{self.mail_port}", "BENCH_MAIL_PORT": str(self.mail_port)}
        return environment(self.url, DJANGO_SETTINGS_MODULE=self.settings, TRUSTED_PROXY_HOPS="1", **mail)

    def do(self, *command: str) -> Any:
        return json.loads(carry_out(self.side, *command, env=self.env).splitlines()[-1])

    def start(self) -> Server:
        self.server = Server(self.wsgi, env=self.env, ready=self.ready)
        return self.server

    @property
    def running(self) -> Server:
        if self.server is None:
            raise RuntimeError(f"{self.wsgi} is not running")
        return self.server

    def path(self, name: str = "") -> str:
        return f"/en/act/petitions/{self.known['slug']}/{name}"

    def answers(self, requests: list[Request], *, connections: int) -> list[Answer]:
        return send_all(self.running.port, requests, connections=connections)


@dataclass(frozen=True)
class Course:
    few: Site
    many: Site
    peer: Site
    size: Size
    folder: Path

    def new_forms(self, site: Site, number: int) -> list[Request]:
        """Return the forms of so many signers who have not signed yet."""
        path, first = self.folder / "forms.json", next(site.numbers)
        for _ in range(number - 1):
            next(site.numbers)
        site.do("forms", str(first), str(number), str(path))
        return read_requests(path)

    def heat(self, site: Site, requests: list[Request], *, status: int) -> Heat:
        """Send all, those of the warm-up without the watch, and insist on the status."""
        warm_up, server = self.size.warm_up, site.running
        early = site.answers(requests[:warm_up], connections=self.size.connections)
        used, began = server.cpu_seconds(), time.perf_counter()
        answers = site.answers(requests[warm_up:], connections=self.size.connections)
        seconds, used = time.perf_counter() - began, server.cpu_seconds() - used
        insist(early + answers, status)
        return Heat(count=len(answers), seconds=seconds, cpu_seconds=used)


def insist(answers: list[Answer], status: int) -> None:
    wrong = [answer for answer in answers if answer.status != status]
    if wrong:
        raise RuntimeError(f"{wrong[0].request.path}: {wrong[0].status} instead of {status}, {len(wrong)} times")


@contextmanager
def course(make: MakeDatabase, *, size: Size, folder: Path = FOLDER) -> Iterator[Course]:
    """Seed three databases that nobody else uses, serve them, and end all servers afterwards."""
    folder.mkdir(parents=True, exist_ok=True)
    with children([Sink()]) as [sink]:
        sites = [
            _ours(make("achk_bench_few"), sink.port, size.few),
            _ours(make("achk_bench_many"), sink.port, size.many),
            _peer(make("achk_bench_peer", settings=PEER_SETTINGS), sink.port, size.many),
        ]
        try:
            for site in sites:
                site.known = site.do("seed", str(site.signatures))
                site.start()
            yield Course(*sites, size=size, folder=folder)
        finally:
            for site in sites:
                if site.server is not None:
                    site.server.end()


def _ours(url: str, mail_port: int, signatures: int) -> Site:
    return Site(url, SETTINGS, OUR_SIDE, "achk_site.wsgi", "/healthz", mail_port, signatures)


def _peer(url: str, mail_port: int, signatures: int) -> Site:
    wsgi = "tests.bench.petitions.peer.wsgi"
    return Site(url, PEER_SETTINGS, PEER_SIDE, wsgi, "/petition/", mail_port, signatures)
