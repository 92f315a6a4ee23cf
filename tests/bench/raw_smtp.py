"""The floor: one finished mail, offered again and again over one kept connection by Python's own SMTP client.

``python -m tests.bench.raw_smtp <port> <count> <file with the mail> [<file to note in>]``: nothing is composed or
stored. With the last argument one line a mail is on the disk before the mail is offered: the least that it costs not to
send one twice after a power cut.
"""

from __future__ import annotations

import os
import smtplib
import sys
from pathlib import Path

from tests.bench.start_line import wait_at_the_start_line


def main(port: int, count: int, mail: bytes, notes: int | None) -> None:
    """Send the mail ``count`` times; ``notes`` is an open file."""
    wait_at_the_start_line()
    with smtplib.SMTP("127.0.0.1", port, local_hostname="bench.test") as server:
        for number in range(count):
            if notes is not None:
                os.write(notes, b"%d\n" % number)
                os.fsync(notes)
            server.sendmail("no-reply@bench.test", [f"mp{number % 343}@parl.example"], mail)


if __name__ == "__main__":
    opened = os.open(sys.argv[4], os.O_WRONLY | os.O_CREAT | os.O_TRUNC) if len(sys.argv) > 4 else None
    main(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]).read_bytes(), opened)
