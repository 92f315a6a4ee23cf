"""A stand-in for Represent over HTTP, with the documented shapes and the ways in which the live service fails.

    with represent_stub() as stub:
        settings.REPRESENT_API_URL = stub.url

A few riding names stand for all 343; every member is invented. ``stub.mode`` switches the whole service to a failure;
``stub.requests`` holds the paths that were asked for.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

FEDERAL_SET = "federal-electoral-districts-2023-representation-order"
OLD_SET = "federal-electoral-districts"

NAMES = {
    24043: "Mont-Royal",
    35079: "Ottawa Centre",
    35081: "Ottawa—Vanier—Gloucester",
    35110: "Spadina—Harbourfront",
    48014: "Edmonton Centre",
    59028: "Richmond East—Steveston",
    59029: "Richmond Centre—Marpole",
}
# code: (concordance, centroid, has representatives)
CODES: dict[str, tuple[list[int], list[int], bool]] = {
    "K1A0A6": ([], [35079], True),
    "K1A0A1": ([35079, 35081], [], True),
    "V6X1A1": ([59029], [], True),
    "V7A5J9": ([59028], [], False),
    "H4L1A1": ([24043], [], False),
    "T5J0N3": ([48014], [], False),
    "M5V2T6": ([], [35110], True),
    "X0A0H0": ([], [], False),
}
NOT_FOUND_PAGE = b"<!doctype html><html><body><h1>Not Found</h1></body></html>"


@dataclass
class RepresentStub:
    """``mode`` is empty or one of: 429 502 503 html garbage drip drip-headers silent huge redirect wrong-set wrong-code
    half cut."""

    url: str = ""
    mode: str = ""
    requests: list[str] = field(default_factory=list)
    lists: dict[str, Any] = field(default_factory=dict)
    files: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    stopping: threading.Event = field(default_factory=threading.Event)


def boundary(fed_num: int, *, boundary_set: str = FEDERAL_SET) -> dict[str, Any]:
    return {
        "url": f"/boundaries/{boundary_set}/{fed_num}/",
        "name": NAMES.get(fed_num, f"Riding {fed_num}"),
        "related": {"boundary_set_url": f"/boundary-sets/{boundary_set}/"},
        "boundary_set_name": "Federal electoral district",
        "external_id": str(fed_num),
    }


def postcode(code: str, *, boundary_set: str = FEDERAL_SET) -> dict[str, Any]:
    concordance, centroid, has_member = CODES[code]
    payload: dict[str, Any] = {
        "code": code,
        "city": "OTTAWA",
        "province": "ON",
        "boundaries_concordance": [boundary(number, boundary_set=boundary_set) for number in concordance],
        "boundaries_centroid": [boundary(number, boundary_set=boundary_set) for number in centroid],
    }
    if has_member:
        kind = "concordance" if concordance else "centroid"
        payload[f"representatives_{kind}"] = [member(number) for number in concordance or centroid]
    return payload


def member(fed_num: int, **changes: Any) -> dict[str, Any]:
    """A member as Represent tells it; the name is deliberately not the one that the tests' tables hold."""
    row = {
        "name": f"Stale {fed_num}",
        "district_name": NAMES.get(fed_num, f"Riding {fed_num}"),
        "elected_office": "MP",
        "source_url": "https://www.ourcommons.ca/Members/en/search?caucusId=all&province=all",
        "first_name": "Stale",
        "last_name": str(fed_num),
        "party_name": "Independent",
        "email": "" if fed_num == 35110 else f"stale.{fed_num}@parl.example",
        "url": f"https://www.ourcommons.ca/Members/en/stale({fed_num})",
        "personal_url": "",
        "photo_url": "",
        "gender": "",
        "offices": [
            {"tel": "1 613 555-0100", "type": "legislature", "postal": "House of Commons\nOttawa ON  K1A 0A6"},
            {"tel": "1 604 555-0100", "type": "constituency", "postal": "1 Invented Way"},
        ],
        "extra": {"preferred_languages": ["English"]},
        "representative_set_name": "House of Commons",
        "related": {
            "representative_set_url": "/representative-sets/house-of-commons/",
            "boundary_url": f"/boundaries/{FEDERAL_SET}/{fed_num}/",
        },
    }
    return {**row, **changes}


def listing(rows: list[dict[str, Any]]) -> dict[str, Any]:
    meta = {"offset": 0, "limit": 1000, "total_count": len(rows), "previous": None, "next": None}
    return {"objects": rows, "meta": meta}


@contextmanager
def represent_stub() -> Iterator[RepresentStub]:
    stub = RepresentStub()
    handler = type("Handler", (_Handler,), {"stub": stub})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    stub.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield stub
    finally:
        stub.stopping.set()
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    stub: RepresentStub

    def do_GET(self) -> None:
        self.stub.requests.append(self.path)
        # The client giving up is what some tests are about.
        with suppress(BrokenPipeError, ConnectionResetError):
            self._fail() if self.stub.mode else self._answer()

    def log_message(self, *args: Any) -> None:
        """Silent: the paths hold postal codes."""

    def _answer(self) -> None:
        parts = urlsplit(self.path)
        pieces = parts.path.strip("/").split("/")
        if parts.path in self.stub.files:
            kind, body = self.stub.files[parts.path]
            self._send(200, body, kind)
        elif not parts.path.endswith("/"):
            self._redirect(parts.path + "/")
        elif pieces[0] == "postcodes" and pieces[-1] in CODES:
            asked_set = parse_qs(parts.query).get("sets", [""])[0]
            payload = postcode(pieces[-1])
            if asked_set != FEDERAL_SET:
                payload |= {"boundaries_concordance": [], "boundaries_centroid": []}
            self._send_json(payload)
        elif parts.path in self.stub.lists:
            self._send_json(self.stub.lists[parts.path])
        else:
            self._send(404, NOT_FOUND_PAGE, "text/html")

    def _fail(self) -> None:
        mode, code = self.stub.mode, urlsplit(self.path).path.strip("/").rpartition("/")[2]
        if mode.isdigit():
            self._send(int(mode), b"<html>Service Unavailable</html>", "text/html")
        elif mode == "html":
            self._send(200, b"<html>Please wait</html>", "text/html")
        elif mode == "garbage":
            self._send(200, b'{"boundaries_concordance": 7, "boundaries_centroid": "x"}', "application/json")
        elif mode == "half":
            self._send_json({"code": code, "boundaries_centroid": []})
        elif mode == "wrong-code":
            self._send_json({**postcode("K1A0A6"), "code": "V6X1A1"})
        elif mode == "wrong-set":
            self._send_json(postcode(code, boundary_set=OLD_SET))
        elif mode == "redirect":
            self._redirect("/elsewhere/")
        elif mode == "cut":
            self._start(200, "application/json", length=10_000)
            self.wfile.write(b'{"code":')
            self.close_connection = True
        elif mode == "huge":
            self._start(200, "application/json", length=200_000_000)
            for _ in range(200):
                self.wfile.write(b" " * 1_000_000)
        elif mode == "silent":
            self.stub.stopping.wait(30)
        elif mode == "drip-headers":
            self._drip(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nX-Slow: " + b"x" * 1000)
        elif mode == "drip":
            self._start(200, "application/json", length=10_000)
            self._drip(b" " * 1000)

    def _drip(self, content: bytes) -> None:
        for place in range(len(content)):
            if self.stub.stopping.wait(0.1):
                return
            self.wfile.write(content[place : place + 1])
            self.wfile.flush()

    def _redirect(self, target: str) -> None:
        self.send_response(301)
        self.send_header("Location", target)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _send_json(self, payload: Any) -> None:
        self._send(200, json.dumps(payload).encode(), "application/json")

    def _send(self, status: int, body: bytes, kind: str) -> None:
        self._start(status, kind, length=len(body))
        self.wfile.write(body)

    def _start(self, status: int, kind: str, *, length: int) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(length))
        self.end_headers()
