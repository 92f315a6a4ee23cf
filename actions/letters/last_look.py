"""What may have been switched or found out since the worker read its line: asked for each letter, in one query.

Django puts the query together once per process: that takes it several times as long as the database takes to answer.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Exists

from actions.letters.models import LetterCampaign, LetterDelivery
from actions.letters.switches import site_switches
from actions.representatives.dead_addresses import open_troubles

# Stand in the query for the row's own values.
SOME_CAMPAIGN, SOME_ADDRESS = -1, "some address"


class LastLook(NamedTuple):
    """``is_stopped``: all letters, or those of the row's letter campaign."""

    is_stopped: bool
    is_parliament_dissolved: bool
    is_address_dead: bool


def last_look(row: LetterDelivery) -> LastLook:
    """Return how things stand for the row at this moment."""
    sql, parameters = _query()
    own: dict[Any, Any] = {SOME_CAMPAIGN: row.letter_campaign_id, SOME_ADDRESS: row.recipient_email.lower()}
    with connection.cursor() as cursor:
        cursor.execute(sql, [own.get(value, value) for value in parameters])
        is_campaign_stopped, are_all_stopped, is_dissolved, is_dead = map(bool, cursor.fetchone())
    return LastLook(is_campaign_stopped or are_all_stopped, is_dissolved, is_dead)


@lru_cache(maxsize=1)
def _query() -> tuple[str, tuple[Any, ...]]:
    switches = site_switches()
    columns = LetterCampaign.objects.order_by().values_list(
        "is_stopped",
        Exists(switches.filter(letters_stopped=True)),
        Exists(switches.filter(parliament_dissolved=True)),
        Exists(open_troubles().filter(address=SOME_ADDRESS)),
    )
    return columns.filter(pk=SOME_CAMPAIGN).query.sql_with_params()
