"""Which mail domains and address ranges most signatures of a petition come from, lately or since the start."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db import models
from django.db.models import Count, QuerySet
from django.utils.translation import gettext_lazy as _

from actions.petitions.domain_names import names_of
from actions.petitions.models import Petition, Signature
from actions.petitions.states import SignatureState

SHOWN = 20


class Window(models.TextChoices):
    HOUR = "hour", _("the last hour")
    DAY = "day", _("the last 24 hours")
    ALL = "all", _("since the start")


LENGTHS = {Window.HOUR: timedelta(hours=1), Window.DAY: timedelta(days=1)}


@dataclass(frozen=True)
class Trend:
    """One mail domain or address range: ``name`` is blank where staff are not told it; ``share`` of all, in percent."""

    key: str
    name: str
    count: int
    share: int
    confirmed: int
    held: int
    invalidated: int


@dataclass(frozen=True)
class Trends:
    total: int
    since: datetime | None
    domains: list[Trend]
    ranges: list[Trend]


def trends_of(petition: Petition, window: Window, now: datetime) -> Trends:
    """Count the forms of the window by domain and range, the most first; seven queries whatever the size.

    Forms count from when they came, confirmed or not: a flood shows before its first button is pressed.
    """
    since = now - LENGTHS[window] if window in LENGTHS else None
    rows = Signature.objects.filter(petition=petition).order_by()
    if since is not None:
        rows = rows.filter(created_at__gte=since)
    total = rows.count()
    domains = _most(rows.exclude(mail_domain_key=""), "mail_domain_key", total)
    names = names_of(petition.pk, [one.key for one in domains])
    named = [replace(one, name=names.get(one.key, "")) for one in domains]
    return Trends(total, since, named, _most(rows.filter(address_key__gt=""), "address_key", total))


def _most(rows: QuerySet[Signature], column: str, total: int) -> list[Trend]:
    """Return the SHOWN largest groups with their states."""
    largest = dict(
        rows.values_list(column).annotate(number=Count("pk")).filter(number__gt=1).order_by("-number", column)[:SHOWN]
    )
    found: dict[str, dict[str, int]] = defaultdict(dict)
    by_state = rows.filter(**{f"{column}__in": list(largest)}).values_list(column, "state").annotate(number=Count("pk"))
    for key, state, number in by_state:
        found[key][state] = number
    return [
        Trend(
            key=key,
            name="",
            count=number,
            share=round(100 * number / total) if total else 0,
            confirmed=found[key].get(SignatureState.CONFIRMED, 0),
            held=found[key].get(SignatureState.HELD, 0),
            invalidated=found[key].get(SignatureState.INVALIDATED, 0),
        )
        for key, number in largest.items()
    ]
