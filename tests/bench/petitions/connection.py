"""One kept HTTP connection that costs next to nothing: whoever asks shares the two cores with whom it measures.

``http.client`` takes as long for an answer as a quick server does, and the race would be its own.
"""

from __future__ import annotations

import socket

END_OF_HEAD, END_OF_CHUNKS = b"\r\n\r\n", b"0\r\n\r\n"
AT_ONCE = 64 * 1024


class Connection:
    """Opened when first used, and again when the server has closed it."""

    def __init__(self, port: int, *, timeout: float = 60) -> None:
        self.address, self.timeout = ("127.0.0.1", port), timeout
        self.socket: socket.socket | None = None

    def exchange(self, wire: bytes) -> tuple[int, bytes]:
        """Send a request as it goes over the wire and return (status, body). Raises OSError where it breaks."""
        if self.socket is None:
            self.socket = socket.create_connection(self.address, self.timeout)
            self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.socket.sendall(wire)
        head, _, body = self._until(b"", END_OF_HEAD).partition(END_OF_HEAD)
        status, fields = int(head[9:12]), head.lower()
        if b"\r\ntransfer-encoding: chunked" in fields:
            body = _joined(self._until(body, END_OF_CHUNKS))
        elif b"\r\ncontent-length:" in fields:
            length = int(fields.partition(b"\r\ncontent-length:")[2].partition(b"\r\n")[0])
            while len(body) < length:
                body += self._more()
        if b"\r\nconnection: close" in fields:
            self.close()
        return status, body

    def close(self) -> None:
        if self.socket is not None:
            self.socket.close()
            self.socket = None

    def _until(self, found: bytes, end: bytes) -> bytes:
        """Read on until ``end`` has come: of a head somewhere, of chunks as the last that comes."""
        while not (found.endswith(end) or (end == END_OF_HEAD and end in found)):
            found += self._more()
        return found

    def _more(self) -> bytes:
        if self.socket is None or not (found := self.socket.recv(AT_ONCE)):
            raise ConnectionResetError("the server hung up")
        return found


def _joined(chunks: bytes) -> bytes:
    body = b""
    while chunks != END_OF_CHUNKS:
        size, _, rest = chunks.partition(b"\r\n")
        length = int(size, 16)
        body, chunks = body + rest[:length], rest[length + 2 :]
    return body
