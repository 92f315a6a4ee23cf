"""The letters per member of Parliament as a file for spreadsheets, line by line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from actions.exports.cells import Cell
from actions.exports.csv_file import MARK, csv_writer, shown
from actions.letters.totals import Row
from actions.listing import listed

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


def csv_lines(rows: Iterable[Row]) -> Iterator[str]:
    """Yield the file's lines; the mark at its beginning tells spreadsheets that it is UTF-8."""
    writer = csv_writer()
    heads = [gettext("Riding number"), gettext("Riding"), gettext("Province or territory"), gettext("Member"),
             gettext("Party"), *map(str, NUMBERS.values()), gettext("To be mended")]  # fmt: skip
    yield MARK + writer.writerow(heads)
    for row in rows:
        person = row.person.name if row.person else ""
        texts = [row.riding_name, str(row.riding.get_province_display()), person, row.party]
        numbers = [row.total.number(name) for name in NUMBERS]
        cells: list[Cell] = [row.riding.pk, *texts, *numbers, flaws_in_words(row)]
        yield writer.writerow(map(shown, cells))


def flaws_in_words(row: Row) -> str:
    return listed(flaw.label for flaw in row.flaws)
