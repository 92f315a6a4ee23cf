"""Keeps secrets and addresses out of the log: Django writes the path of every refused request into it."""

from __future__ import annotations

import logging
import re

# Mailed links carry 64 hexadecimal digits (256 bits); a slug that is as long is masked as well.
SECRET = re.compile(r"[\w-]{40,}")
MAIL_ADDRESS = re.compile(r"[^\s/@]+@[^\s/@]+")


class WithoutPersonalData(logging.Filter):
    """Replace tokens and e-mail addresses in the message; never drops a record."""

    def filter(self, record: logging.LogRecord) -> bool:
        message = MAIL_ADDRESS.sub("[address]", SECRET.sub("[secret]", record.getMessage()))
        record.msg, record.args = message, None
        return True
