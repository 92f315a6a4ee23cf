"""How long personal data lives: rules declared on the models, carried out every hour.

A rule blanks columns and keeps the row, so counts stay true. What is done is read from the rows themselves: a run that
is cut off goes on where it stopped, and a row that cannot be blanked is logged and left for the next run while all
others are done.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import models, transaction

from actions import registry
from actions.privacy.fields import EncryptedField
from actions.privacy.models import PersonalModel

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

logger = logging.getLogger(__name__)
BATCH = 500


@dataclass(frozen=True)
class RetentionRule:
    """Blank ``columns`` of the rows in ``due(now)``; ``sentence`` tells people when, on the privacy page.

    ``due`` need not leave out rows that are blank already. Rows held back by a person are simply not in ``due``.
    """

    name: str
    due: Callable[[datetime], models.QuerySet[Any]]
    columns: tuple[str, ...]
    sentence: StrOrPromise


def retire_all(now: datetime) -> None:
    """Carry out every source's retention; one that fails is logged and does not stop the others."""
    for source in registry.sources():
        try:
            blanked = source.retire(now)
        except Exception as error:  # noqa: BLE001 - whatever broke, the other sources are due too
            # The type only: a database error may quote the row.
            logger.error("retention: source %s failed with %s", source.name, type(error).__name__)
        else:
            level = logging.INFO if blanked else logging.DEBUG
            logger.log(level, "retention: source %s blanked %d rows", source.name, blanked)


def retire(model: type[PersonalModel], now: datetime) -> int:
    """Carry out the rules that a model declares; return the number of rows blanked."""
    blanked = 0
    for rule in model.retention:
        try:
            blanked += sum(_blank_due(model, rule, now, pks) for pks in _due_batches(model, rule, now))
        except Exception as error:  # noqa: BLE001 - the model's other rules are due too
            logger.error("retention: rule %s.%s failed with %s", model.__name__, rule.name, type(error).__name__)
    return blanked


def blank(row: PersonalModel) -> None:
    """Blank every column of the row that a retention rule will blank some day; what an erasure does."""
    columns = {column for rule in row.retention for column in rule.columns}
    type(row)._base_manager.filter(pk=row.pk).update(**blank_values(type(row), columns))


def blank_values(model: type[models.Model], columns: set[str] | tuple[str, ...]) -> dict[str, Any]:
    """Return what each column holds when it is blank: NULL where allowed, else the empty value of its kind.

    Raises FieldDoesNotExist for an unknown column and ValueError for one that cannot be empty.
    """
    return {column: _blank_value(model._meta.get_field(column)) for column in columns}


def _blank_value(field: Any) -> Any:
    if field.null:
        return None
    if isinstance(field, (EncryptedField, models.CharField, models.TextField)):
        return ""
    if isinstance(field, models.JSONField):
        return {}
    raise ValueError(f"{field} cannot be blanked: it needs null=True.")


def _not_blank(model: type[models.Model], columns: tuple[str, ...]) -> models.Q:
    condition = models.Q()
    for column, value in blank_values(model, columns).items():
        if isinstance(model._meta.get_field(column), EncryptedField):
            condition |= models.Q(**{f"{column}__isblank": False})
        elif value is None:
            condition |= models.Q(**{f"{column}__isnull": False})
        else:
            condition |= ~models.Q(**{column: value})
    return condition


def _due_batches(model: type[models.Model], rule: RetentionRule, now: datetime) -> Iterator[list[Any]]:
    """Yield primary keys in ascending batches, so that a row that stays due is met once a run."""
    rows = rule.due(now).filter(_not_blank(model, rule.columns)).order_by("pk").values_list("pk", flat=True)
    pks = list(rows[:BATCH])
    while pks:
        yield pks
        pks = list(rows.filter(pk__gt=pks[-1])[:BATCH])


def _blank_due(model: type[models.Model], rule: RetentionRule, now: datetime, pks: list[Any]) -> int:
    """Blank one batch, asking once more whether the rows are due; row by row when the batch fails."""
    try:
        with transaction.atomic():
            return rule.due(now).order_by().filter(pk__in=pks).update(**blank_values(model, rule.columns))
    except Exception as error:  # noqa: BLE001 - a bad row must not keep the good ones from being blanked
        if len(pks) > 1:
            return sum(_blank_due(model, rule, now, [pk]) for pk in pks)
        kind = type(error).__name__
        logger.error("retention: rule %s.%s: row %s failed with %s", model.__name__, rule.name, pks[0], kind)
        return 0
