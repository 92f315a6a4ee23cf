"""Letting a file go: counted, put on record and told to who answers for personal data, all before its first byte."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from actions.exports.csv_file import csv_file
from actions.exports.definitions import Choice, Export
from actions.exports.emails import raise_alarm
from actions.exports.forms import FileFormat
from actions.exports.leaving import Leaving, Place
from actions.exports.xlsx_file import MOST_ROWS, TooManyRows, xlsx_file
from actions.privacy.access import record_access

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser

VERB = "export"
FILES = {FileFormat.CSV: csv_file, FileFormat.XLSX: xlsx_file}


class NothingToExport(Exception):
    """No row fits what was chosen."""


@dataclass(frozen=True)
class Order:
    """One file that somebody asks for, and why."""

    export: Export
    choice: Choice
    file_format: FileFormat
    reason: str

    @property
    def subject(self) -> str:
        """What the access log calls it."""
        return f"{self.export.name} ({self.export.in_words(self.choice)}), {self.file_format}"[:200]


def let_go(order: Order, *, user: AbstractUser) -> Leaving:
    """Return the file, whose rows are read while it is fetched; the caller must close it.

    By then the access log says who, what, how many rows and why, and the alarm waits in the outbox. Raises AllBusy,
    NothingToExport, and TooManyRows for a workbook that would be too long.
    """
    place = Place()
    try:
        extent = order.export.measure(order.choice)
        if not extent.count:
            raise NothingToExport
        if order.file_format == FileFormat.XLSX and extent.count > MOST_ROWS:
            raise TooManyRows
        with transaction.atomic():
            entry = record_access(user=user, verb=VERB, subject=order.subject, reason=order.reason, count=extent.count)
            if order.export.is_personal:
                raise_alarm(order.export, user=user, entry=entry)
        rows = order.export.rows(order.choice, extent)
        pieces = FILES[order.file_format](order.export.headings(), rows)
        return Leaving(pieces, entry=entry.pk, place=place)
    except BaseException:
        place.give_back()
        raise
