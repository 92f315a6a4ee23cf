"""How an import ends: done, refused or failed; and the rules that refuse a set that cannot be right."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from django.db import DatabaseError
from django.utils import timezone

from actions.representatives.records import ImportRun

FEWEST_ROWS = 300
MOST_CHANGED = 0.10


class ImportFailed(Exception):
    """The source could not be read; the message says why, for people; ``lines`` is what would have changed."""

    lines: tuple[str, ...] = ()

    def __init__(self, message: str) -> None:
        super().__init__(_printable(message))


class ImportRefused(ImportFailed):
    """The source was read but does not look right; the message says why, for people."""


class DryRun(Exception):
    """No error: everything was tried out, and leaving the transaction takes it back."""


@dataclass
class Report:
    """What changed, in sentences for people; ``rows`` is how many rows of the source were used."""

    rows: int = 0
    lines: list[str] = field(default_factory=list)

    def say(self, line: str) -> None:
        self.lines.append(_printable(line))


def _printable(text: str) -> str:
    """What a source or a file's name holds may be neither printable nor storable: PostgreSQL refuses NUL."""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\0", "\ufffd")


def refuse_if_small(count: int, what: str) -> None:
    if count < FEWEST_ROWS:
        raise ImportRefused(f"Only {count} {what} instead of about 343: the source looks cut off.")


def refuse_if_much_changes(*, changed: int, before: int, what: str, is_accepted: bool) -> None:
    """Refuse when more than a tenth changes; a first import into an empty table may change everything."""
    if before and changed > before * MOST_CHANGED and not is_accepted:
        raise ImportRefused(
            f"{changed} of {before} {what} would change, more than {MOST_CHANGED:.0%}. "
            "After an election or a new electoral map, look at the dry run, then add --accept-large-change."
        )


def run_import(source: ImportRun.Source, work: Callable[[Report], None], *, is_dry_run: bool) -> Report:
    """Run ``work``, keep an ImportRun of it (none for a dry run) and return what it said.

    ``work`` fetches first and then writes in one transaction. Raises ImportFailed and ImportRefused after keeping it.
    """
    report, started_at = Report(), timezone.now()
    failure: ImportFailed | None = None
    try:
        work(report)
    except DryRun:
        report.say("This was a dry run: nothing was written.")
    except ImportFailed as error:
        failure = error
    except DatabaseError as error:
        failure = ImportFailed(f"The database refused the rows: {error}")
    if not is_dry_run:
        ImportRun.objects.create(
            source=source,
            outcome=_outcome(failure),
            started_at=started_at,
            finished_at=timezone.now(),
            rows=report.rows,
            summary=[*report.lines, *([str(failure)] if failure else [])],
        )
    if failure:
        failure.lines = tuple(report.lines)
        raise failure
    return report


def _outcome(failure: ImportFailed | None) -> ImportRun.Outcome:
    if failure is None:
        return ImportRun.Outcome.DONE
    return ImportRun.Outcome.REFUSED if isinstance(failure, ImportRefused) else ImportRun.Outcome.FAILED
