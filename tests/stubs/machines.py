"""A DeepL and a LibreTranslate over HTTP: they remember what they were asked and answer with marked words."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs


@dataclass
class Machine:
    """``status`` and ``body`` answer instead of translations when they are set."""

    url: str = ""
    asked: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    status: int = 200
    body: bytes | None = None

    def answer(self, path: str, content: bytes, kind: str) -> bytes:
        if kind.startswith("application/json"):
            question = json.loads(content)
            self.asked.append(question)
            return json.dumps({"translatedText": [f"{question['target']}: {text}" for text in question["q"]]}).encode()
        question = parse_qs(content.decode())
        self.asked.append(question)
        target = question["target_lang"][0]
        return json.dumps({"translations": [{"text": f"{target}: {text}"} for text in question["text"]]}).encode()


@contextmanager
def running_machine() -> Iterator[Machine]:
    machine = Machine()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            content = self.rfile.read(int(self.headers["Content-Length"]))
            machine.headers.append(dict(self.headers))
            answer = machine.answer(self.path, content, self.headers["Content-Type"])
            self.send_response(machine.status)
            self.end_headers()
            self.wfile.write(answer if machine.body is None else machine.body)

        def log_message(self, *args: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    machine.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield machine
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
