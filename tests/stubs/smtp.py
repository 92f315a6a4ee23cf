"""A mail server on this machine that misbehaves as it is told.

``behave`` gets the Message-ID and returns the name of a behaviour for this one mail; "ok" is the default. The hooks
``on_mail``, ``on_text`` (the text is here and kept, the answer is not yet given) and ``after_yes`` get the client's
name from its EHLO and hold up the answer while they run.

=============  ====================================================================================
greet-421      closes at the greeting (``greeting``, for the whole server)
mail-… rcpt-…  answers MAIL or RCPT with the code: ``rcpt-550``; set by ``envelope``, not per mail
data-…         answers the text with the code: ``data-451``; the mail was not accepted
hang           never says a word after the text
close          reads the text and closes without accepting it
drop           accepts the mail and closes without saying so
slow           accepts, and says so one byte at a time, every ``slowness`` seconds
=============  ====================================================================================
"""

from __future__ import annotations

import asyncio
import email
import email.policy
import logging
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

logging.getLogger("mail.log").setLevel(logging.ERROR)


@dataclass(frozen=True)
class Accepted:
    """One mail that the server took."""

    message_id: str
    sender: str
    recipients: tuple[str, ...]
    options: tuple[str, ...]
    ehlo: str
    raw: bytes

    @property
    def message(self) -> EmailMessage:
        return email.message_from_bytes(self.raw, policy=email.policy.default)

    @property
    def text(self) -> str:
        """The plain text with plain line ends."""
        return self.message.get_body(("plain",)).get_content().replace("\r\n", "\n")


@dataclass
class SmtpStub:
    """Use as a context manager; ``accepted`` is what arrived, in order."""

    behave: Callable[[str], str] = lambda _message_id: "ok"
    envelope: dict[str, str] = field(default_factory=dict)  # "MAIL", "RCPT" or "DATA" -> reply or "hang"
    greeting: str = ""
    slowness: float = 0.05
    on_mail: Callable[[str], None] = lambda _client: None
    on_text: Callable[[str], None] = lambda _client: None
    after_yes: Callable[[str], None] = lambda _client: None
    accepted: list[Accepted] = field(default_factory=list)
    offered: int = 0
    connections: int = 0

    def __enter__(self) -> SmtpStub:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self._controller = StubController(self)
        self._controller.start()
        self.accepted.clear()
        self.connections = 0
        return self

    def __exit__(self, *_exc: object) -> None:
        self._controller.stop()

    def close_connections(self) -> None:
        """Do what servers do with idle clients."""
        for protocol in self._controller.protocols:
            if protocol.transport is not None:
                self._controller.loop.call_soon_threadsafe(protocol.transport.close)

    def count_of(self, message_id: str) -> int:
        return sum(one.message_id == message_id for one in self.accepted)

    async def handle_MAIL(self, server, session, envelope, address, options) -> str:
        await asyncio.to_thread(self.on_mail, session.host_name)
        if (answer := await self._said("MAIL")) is not None:
            return answer
        envelope.mail_from, envelope.mail_options = address, options
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options) -> str:
        if (answer := await self._said("RCPT")) is not None:
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def _said(self, command: str) -> str | None:
        answer = self.envelope.get(command)
        if answer == "hang":
            await asyncio.sleep(60)
        return answer

    async def handle_DATA(self, server: StubProtocol, session: Session, envelope: Envelope) -> str:
        self.offered += 1
        message_id = email.message_from_bytes(envelope.content)["Message-ID"]
        how = self.behave(message_id)
        if how in ("ok", "drop", "slow"):
            self._accept(session, envelope, message_id)
        await asyncio.to_thread(self.on_text, session.host_name)
        if how == "hang":
            await asyncio.sleep(60)
        if how.startswith("data-"):
            return f"{how.removeprefix('data-')} as told"
        if how in ("close", "drop"):
            server.transport.abort()
        if how == "slow":
            server.slowness = self.slowness
        server.after_reply = lambda: self.after_yes(session.host_name)
        return "250 OK"

    def _accept(self, session: Session, envelope: Envelope, message_id: str) -> None:
        self.accepted.append(
            Accepted(
                message_id,
                envelope.mail_from,
                tuple(envelope.rcpt_tos),
                tuple(envelope.mail_options),
                session.host_name,
                envelope.content,
            )
        )


class StubProtocol(SMTP):
    stub: SmtpStub
    slowness = 0.0
    after_reply: Callable[[], None] | None = None

    async def _handle_client(self) -> None:
        self.stub.connections += 1
        if self.stub.greeting:
            await self.push(self.stub.greeting)
            self.transport.close()
            return
        await super()._handle_client()

    async def smtp_DATA(self, arg: str) -> None:
        if (answer := await self.stub._said("DATA")) is not None:
            if answer == "close":
                self.transport.abort()
            else:
                await self.push(answer)
            return
        await super().smtp_DATA(arg)

    async def push(self, status) -> None:
        line = status if isinstance(status, bytes) else status.encode()
        if self.slowness:
            for byte in line + b"\r\n":
                self._writer.write(bytes([byte]))
                await self._writer.drain()
                await asyncio.sleep(self.slowness)
        else:
            await super().push(status)
        if self.after_reply is not None:
            call, self.after_reply = self.after_reply, None
            await asyncio.to_thread(call)


class StubController(Controller):
    def __init__(self, stub: SmtpStub) -> None:
        self.stub = stub
        self.protocols: list[StubProtocol] = []
        super().__init__(stub, hostname="127.0.0.1", port=stub.port, ready_timeout=10)

    def factory(self) -> SMTP:
        protocol = StubProtocol(self.handler, hostname="stub.test", enable_SMTPUTF8=False)
        protocol.stub = self.stub
        self.protocols.append(protocol)
        return protocol


class Gate:
    """Lets a stub's thread wait for the test: ``reached`` says that it is there, ``open`` lets it go on."""

    def __init__(self) -> None:
        self.reached, self._open = threading.Event(), threading.Event()

    def wait(self, *_: object) -> None:
        self.reached.set()
        self._open.wait(20)

    def open(self) -> None:
        self._open.set()
