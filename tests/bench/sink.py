"""A mail server in a process of its own that takes everything at once, so that it is never what is measured.

``python -m tests.bench.sink`` prints its port; a line ``measure <warm-up> <count>`` on standard input starts a
measurement. It prints ``first <seconds>`` when the warm-up is over and ``last <seconds>`` when ``count`` further mails
are here, both by the machine's monotonic clock.
"""

from __future__ import annotations

import asyncio
import sys
import time
from typing import cast

COMMAND_REPLIES = {b"EHLO": b"250-sink\r\n250 8BITMIME\r\n", b"DATA": b"354 go on\r\n", b"QUIT": b"221 bye\r\n"}
END_OF_TEXT = b"\r\n.\r\n"


class Count:
    """How many mails of the running measurement are here, and what to say when."""

    def __init__(self) -> None:
        self.arrived, self.marks = 0, dict[int, str]()

    def start(self, warm_up: int, count: int) -> None:
        self.arrived, self.marks = 0, {warm_up: "first", warm_up + count: "last"}

    def one_more(self) -> None:
        self.arrived += 1
        if (mark := self.marks.get(self.arrived)) is not None:
            say(f"{mark} {time.monotonic():.6f}")


class SinkProtocol(asyncio.Protocol):
    """Just enough of RFC 5321 for a client that speaks in turns."""

    def __init__(self, count: Count) -> None:
        self.count, self.received, self.reads_text = count, bytearray(), False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)
        self.transport.write(b"220 sink\r\n")

    def data_received(self, data: bytes) -> None:
        self.received += data
        while self._take_text() if self.reads_text else self._take_command():
            pass

    def _take_text(self) -> bool:
        end = self.received.find(END_OF_TEXT)
        if end < 0:
            return False
        del self.received[: end + len(END_OF_TEXT)]
        self.reads_text = False
        self.count.one_more()
        self.transport.write(b"250 taken\r\n")
        return True

    def _take_command(self) -> bool:
        end = self.received.find(b"\r\n")
        if end < 0:
            return False
        verb = bytes(self.received[:4]).upper()
        del self.received[: end + 2]
        self.reads_text = verb == b"DATA"
        self.transport.write(COMMAND_REPLIES.get(verb, b"250 ok\r\n"))
        return True


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


async def serve() -> None:
    """Run until standard input ends."""
    count, loop, orders = Count(), asyncio.get_running_loop(), asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(orders), sys.stdin)
    server = await loop.create_server(lambda: SinkProtocol(count), "127.0.0.1", 0)
    say(str(server.sockets[0].getsockname()[1]))
    while order := await orders.readline():
        _, warm_up, wanted = order.split()
        count.start(int(warm_up), int(wanted))
        say("ready")


if __name__ == "__main__":
    asyncio.run(serve())
