"""The floor: one finished mail, offered again and again over one kept connection by Python's own SMTP client.

``python -m tests.bench.raw_smtp <port> <count> <file with the mail>``: nothing is composed, stored or recorded.
"""

from __future__ import annotations

import smtplib
import sys
from pathlib import Path

from tests.bench.start_line import wait_at_the_start_line


def main(port: int, count: int, mail: bytes) -> None:
    """Send the mail ``count`` times."""
    wait_at_the_start_line()
    with smtplib.SMTP("127.0.0.1", port, local_hostname="bench.test") as server:
        for number in range(count):
            server.sendmail("no-reply@bench.test", [f"mp{number % 343}@parl.example"], mail)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]).read_bytes())
