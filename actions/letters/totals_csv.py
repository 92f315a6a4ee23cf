"""The letters per member of Parliament as a file for spreadsheets, line by line."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from actions.letters.totals import Row
from actions.listing import listed

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
NUMBERS: dict[str, Any] = {
    "letters": _("Letters"),
    "waiting": _("Waiting"),
    "sent": _("Sent"),
    "delivered": _("Delivered"),
    "failed": _("Failed"),
    "held": _("Held"),
    "uncertain": _("Uncertain"),
    "yes": _("Answered"),
    "no": _("Not answered"),
}


class _Line:
    """What csv writes to: hands each line straight on."""

    def write(self, line: str) -> str:
        return line


def csv_lines(rows: Iterable[Row]) -> Iterator[str]:
    """Yield the file's lines; the mark at its beginning tells spreadsheets that it is UTF-8."""
    writer = csv.writer(_Line())
    heads = [gettext("Riding number"), gettext("Riding"), gettext("Province or territory"), gettext("Member"),
             gettext("Party"), *map(str, NUMBERS.values()), gettext("To be mended")]  # fmt: skip
    yield "\ufeff" + str(writer.writerow(heads))
    for row in rows:
        person = row.person.name if row.person else ""
        texts = [row.riding_name, str(row.riding.get_province_display()), person, row.party]
        numbers = [row.total.number(name) for name in NUMBERS]
        yield str(writer.writerow([row.riding.pk, *map(safe_cell, texts), *numbers, safe_cell(flaws_in_words(row))]))


def safe_cell(text: str) -> str:
    """Return the text so that no spreadsheet takes it for a formula.

    https://owasp.org/www-community/attacks/CSV_Injection
    """
    start = unicodedata.normalize("NFKC", text.lstrip(" "))[:1]
    return f"'{text}" if start in FORMULA_STARTS and start else text


def flaws_in_words(row: Row) -> str:
    return listed(flaw.label for flaw in row.flaws)
