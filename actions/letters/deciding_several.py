"""One decision about several letters or deliveries, each under a lock of its own."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING

from django.db import models

from actions.letters.deciding import Decision, decide_delivery, decide_letter
from actions.staff.several import Summary, decide_each

if TYPE_CHECKING:
    from actions.staff.several import Staff


class Rows(models.TextChoices):
    LETTERS = "letters"
    DELIVERIES = "deliveries"


def decide_several(*, rows: Rows, pks: Iterable[int], decision: Decision, user: Staff) -> Summary:
    """Decide about each row in a transaction of its own. Raises ValueError for too many rows."""
    decide = partial(_is_changed, rows, decision, user)
    return decide_each(rows=rows, pks=pks, decide=decide)


def _is_changed(rows: Rows, decision: Decision, user: Staff, pk: int) -> bool:
    if rows == Rows.LETTERS:
        return decide_letter(letter_id=pk, decision=decision, user=user).is_changed
    return decide_delivery(delivery_id=pk, decision=decision, user=user).is_changed
