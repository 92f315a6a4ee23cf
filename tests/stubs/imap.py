"""An IMAP server on this machine, with one folder of mails, that misbehaves as it is told.

``trouble`` maps a command ("LOGIN", "SELECT", "SEARCH", "FETCH", "STORE", "EXPUNGE") to what happens there:

=========  ==========================================================
no         answers NO
hang       never answers
close      closes the connection
slow       answers one byte at a time, every ``slowness`` seconds
short      says that a mail is shorter than it is (FETCH only)
long       says that a mail is longer than it is, then closes (FETCH)
gone       knows the mail no more (FETCH only)
=========  ==========================================================
"""

from __future__ import annotations

import re
import socket
import socketserver
import threading
import time
from dataclasses import dataclass, field

USER, PASSWORD = "bounces@mail.achk.test", 'pass"word'
PARTIAL = re.compile(r"BODY\.PEEK\[\]<(\d+)\.(\d+)>")


@dataclass
class ImapStub:
    """Use as a context manager; ``mails`` by number is what still lies there."""

    mails: dict[int, bytes] = field(default_factory=dict)
    trouble: dict[str, str] = field(default_factory=dict)
    slowness: float = 0.05
    commands: list[str] = field(default_factory=list)
    deleted: set[int] = field(default_factory=set)
    folder: str = "INBOX"
    _next: int = 1

    def __enter__(self) -> ImapStub:
        stub = self

        class Handler(Conversation):
            imap = stub

        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._stopping = threading.Event()
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(self, *_exc: object) -> None:
        self._stopping.set()
        self._server.shutdown()
        self._server.server_close()

    def put(self, raw: bytes) -> int:
        number, self._next = self._next, self._next + 1
        self.mails[number] = raw
        return number

    def wait(self) -> None:
        self._stopping.wait(30)


class Conversation(socketserver.StreamRequestHandler):
    imap: ImapStub

    def handle(self) -> None:
        try:
            self._say(b"* OK stub ready")
            while line := self.rfile.readline():
                if not self._answer(*line.decode().strip().split(" ", 1)):
                    return
        except OSError:
            return

    def _answer(self, tag: str, rest: str) -> bool:
        words = rest.removeprefix("UID ").split(" ", 1)
        name, arguments = words[0].upper(), words[1] if len(words) > 1 else ""
        self.imap.commands.append(name)
        how = self.imap.trouble.get(name, "")
        if how == "hang":
            self.imap.wait()
        if how in ("hang", "close"):
            return False
        self.pause = self.imap.slowness if how == "slow" else 0
        if how == "no":
            self._say(f"{tag} NO not now".encode())
            return True
        is_fine = getattr(self, f"do_{name.lower()}", lambda _arguments, _how: True)(arguments, how)
        if is_fine is None:
            return False
        self._say(f"{tag} {'OK done' if is_fine else 'NO'}".encode())
        return name != "LOGOUT"

    pause = 0.0

    def _say(self, line: bytes) -> None:
        if not self.pause:
            self.wfile.write(line + b"\r\n")
            return
        for byte in line + b"\r\n":
            self.wfile.write(bytes([byte]))
            time.sleep(self.pause)

    def do_capability(self, _arguments: str, _how: str) -> bool:
        self._say(b"* CAPABILITY IMAP4rev1")
        return True

    def do_login(self, arguments: str, _how: str) -> bool:
        wanted = f'{USER} "{PASSWORD}"'.replace('"word', '\\"word')
        return arguments.replace(f'"{USER}"', USER) == wanted

    def do_select(self, arguments: str, _how: str) -> bool:
        if arguments.strip('"') != self.imap.folder:
            return False
        self._say(f"* {len(self.imap.mails)} EXISTS".encode())
        return True

    def do_search(self, _arguments: str, _how: str) -> bool:
        numbers = [str(number) for number in sorted(self.imap.mails) if number not in self.imap.deleted]
        self._say(" ".join(["* SEARCH", *numbers]).encode())
        return True

    def do_fetch(self, arguments: str, how: str) -> bool | None:
        number = int(arguments.split()[0])
        start, length = map(int, PARTIAL.search(arguments).groups())
        if how == "gone" or number not in self.imap.mails:
            return True
        raw = self.imap.mails[number][start : start + length]
        claimed = len(raw) + {"short": -20, "long": 5_000}.get(how, 0)
        self._say(f"* {number} FETCH (UID {number} BODY[]<{start}> {{{claimed}}}".encode())
        self.wfile.write(raw)
        if how == "long":
            self.connection.shutdown(socket.SHUT_RDWR)
            return None
        self._say(b")")
        return True

    def do_store(self, arguments: str, _how: str) -> bool:
        self.imap.deleted.add(int(arguments.split()[0]))
        return True

    def do_expunge(self, _arguments: str, _how: str) -> bool:
        for number in self.imap.deleted:
            self.imap.mails.pop(number, None)
        self.imap.deleted.clear()
        return True

    def do_logout(self, _arguments: str, _how: str) -> bool:
        self._say(b"* BYE")
        return True
