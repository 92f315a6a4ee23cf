"""Listens for HTTP: the API under /v1/, the hosted pages under /c/ and /p/, the other side under /_control/."""

from __future__ import annotations

import hmac
import json
import logging
import socket
import threading
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from achk_site.demo.stripe.api import Api, LineCut, encode
from achk_site.demo.stripe.clockwork import run_until
from achk_site.demo.stripe.control import Control
from achk_site.demo.stripe.errors import ApiError, broken, invalid
from achk_site.demo.stripe.faults import Faults
from achk_site.demo.stripe.pages.site import Page, Pages
from achk_site.demo.stripe.webhooks import Courier
from achk_site.demo.stripe.world import Settings, World

HOST = "127.0.0.1"
# A page of another site whose name leads here must not press the buttons.
NAMES = (HOST, "localhost")
LARGEST_BODY = 1_000_000
TICK_SECONDS = 1.0

logger = logging.getLogger(__name__)


class StandIn:
    """The whole stand-in in threads of this process: ``start()`` it, use ``url``, ``stop()`` it."""

    def __init__(self, settings: Settings, *, port: int = 0, seed: str = "", data: Path | None = None) -> None:
        self._server = _Server((HOST, port), _Handler)
        self.url = f"http://{HOST}:{self._server.server_address[1]}"
        settings.public_url = settings.public_url or self.url
        self.world = World(settings, seed=seed, data=data)
        faults = Faults(self.world.random)
        self._courier = Courier(self.world, faults)
        self._server.api = Api(self.world, faults)
        self._server.control = Control(self.world, faults, self._courier, self._server.api)
        self._server.pages = Pages(self.world)
        self._server.token = settings.control_token
        self._threads = [
            threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True),
            threading.Thread(target=self._tick, daemon=True),
        ]

    def start(self) -> None:
        self._courier.start()
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        self.world.stopping.set()
        self._courier.stop()
        self._server.shutdown()
        self._server.server_close()
        self.world.store.close()

    def _tick(self) -> None:
        """Let happen what time alone brings about, also when nobody puts the clock forward."""
        while not self.world.stopping.wait(TICK_SECONDS):
            with self.world.store.lock:
                run_until(self.world, self.world.now())
                self.world.store.write_down()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256
    api: Api
    control: Control
    pages: Pages
    token: str

    def handle_error(self, request: Any, client_address: Any) -> None:
        logger.exception("A request failed")


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Server

    def do_GET(self) -> None:
        self._route()

    def do_POST(self) -> None:
        self._route()

    def do_DELETE(self) -> None:
        self._route()

    def log_message(self, *args: Any) -> None:
        """Silent: addresses hold links that let somebody in."""

    def _route(self) -> None:
        # The caller giving up is what some tests are about.
        with suppress(BrokenPipeError, ConnectionResetError):
            try:
                self._answer()
            except LineCut:
                self._cut()
            except ApiError as error:
                self._send(error.status, encode(error.body()), "application/json")
            except (BrokenPipeError, ConnectionResetError):
                raise
            except Exception:  # a fault of ours must not look like one of the line, which callers ask again after
                logger.exception("A request failed")
                self._send(500, encode(broken().body()), "application/json")

    def _answer(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        if length > LARGEST_BODY:
            self.close_connection = True
            raise ApiError(413, "invalid_request_error", "This request is too large.")
        body = self.rfile.read(length)
        if self.headers.get("Host", "").rpartition(":")[0] not in NAMES:
            raise ApiError(421, "invalid_request_error", "The stand-in answers to this machine's own names only.")
        if self.path.startswith("/_control/"):
            self._answer_control(body)
        elif self.path.startswith("/v1/"):
            headers = {name.lower(): value for name, value in self.headers.items()}
            reply = self.server.api.answer(self.command, self.path, body, headers)
            extra = {"Request-Id": reply.request_id}
            if reply.replayed:
                extra |= {"Idempotent-Replayed": "true", "Original-Request": reply.request_id}
            self._send(reply.status, encode(reply.body), "application/json", extra)
        else:
            self._send_page(self.server.pages.answer(self.command, self.path, body.decode("utf-8", "replace")))

    def _answer_control(self, body: bytes) -> None:
        given = self.headers.get("Authorization", "").removeprefix("Bearer ")
        if not self.server.token or not hmac.compare_digest(given.encode(), self.server.token.encode()):
            raise ApiError(401, "invalid_request_error", "The control token is missing or wrong.")
        try:
            fields = json.loads(body or b"{}")
        except ValueError as error:
            raise invalid("The body is no JSON.") from error
        found = self.server.control.answer(self.path.removeprefix("/_control/").strip("/"), fields)
        self._send(200, encode(found), "application/json")

    def _send_page(self, page: Page) -> None:
        self._send(page.status, page.body.encode(), page.kind, page.headers)

    def _send(self, status: int, body: bytes, kind: str, extra: dict[str, str] | None = None) -> None:
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        for name, value in (extra or {}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def _cut(self) -> None:
        self.close_connection = True
        with suppress(OSError):
            self.connection.shutdown(socket.SHUT_RDWR)
