"""How often Represent may be called, for all processes together: 50 calls in any 60 seconds, and none while it is down.

Represent asks for at most 60 calls a minute (https://represent.opennorth.ca/api/#rate-limits). After five failures in a
row nothing is sent for 60 seconds; then one call at a time tries again.
"""

from __future__ import annotations

import time

from django.db import transaction

from actions.representatives.records import RepresentBudget

CALLS_PER_MINUTE = 50
FAILURES_TO_OPEN = 5
OPEN_SECONDS = 60.0
_PROBE_SECONDS = 5.0
_ROW = 1


def spend() -> bool:
    """Take one call; False when the minute is used up or the circuit is open."""
    with transaction.atomic():
        row = _locked_row()
        now = time.time()  # not before the lock: whoever waited would forget the calls made meanwhile
        calls = [at for at in row.calls if abs(now - at) < 60]  # a clock set back far must not block for hours
        if row.open_until > now or len(calls) >= CALLS_PER_MINUTE:
            return False
        row.calls = [*calls, now]
        if row.failures >= FAILURES_TO_OPEN:
            row.open_until = now + _PROBE_SECONDS
        row.save()
    return True


def succeeded() -> None:
    """Close the circuit."""
    RepresentBudget.objects.filter(pk=_ROW).exclude(failures=0, open_until=0).update(failures=0, open_until=0)


def failed() -> None:
    """Count a failure; the fifth in a row opens the circuit."""
    with transaction.atomic():
        row = _locked_row()
        row.failures += 1
        if row.failures >= FAILURES_TO_OPEN:
            row.open_until = time.time() + OPEN_SECONDS
        row.save()


def _locked_row() -> RepresentBudget:
    RepresentBudget.objects.bulk_create([RepresentBudget(pk=_ROW)], ignore_conflicts=True)
    return RepresentBudget.objects.select_for_update().get(pk=_ROW)
