"""Changing keys: after a new key is put first in PERSONAL_DATA_KEYS, everything older is encrypted again under it.

What is left to do is read from the columns, so a run that is cut off is simply started again. When nothing is left the
old key may leave the environment. Sealed values are not touched: the server cannot open them.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.db.models.functions import Left

from actions.privacy.envelope import VERSION, current_head
from actions.privacy.errors import UndecryptableError
from actions.privacy.fields import EncryptedField
from actions.privacy.models import RecordKey
from actions.privacy.record_keys import rewrap

logger = logging.getLogger(__name__)
BATCH = 200


@dataclass(frozen=True)
class Rotated:
    """How one model fared: rows that stood under an older key, and those of them that would not open."""

    model: str
    rows: int
    failed: int


def rotate(*, dry_run: bool = False, wanted: Iterable[type[models.Model]] | None = None) -> list[Rotated]:
    """Encrypt again what stands under an older key; with ``dry_run`` only count it."""
    chosen = wanted if wanted is not None else apps.get_models()
    return [_rotate_model(model, dry_run=dry_run) for model in chosen if _columns(model)]


def _rotate_model(model: type[models.Model], *, dry_run: bool) -> Rotated:
    outdated = _outdated(model)
    if dry_run:
        return Rotated(model.__name__, outdated.count(), 0)
    rows = failed = 0
    last: Any = 0
    while True:
        with transaction.atomic():
            batch = list(outdated.filter(pk__gt=last).order_by("pk").select_for_update()[:BATCH])
            failed += sum(not _encrypt_again(row) for row in batch)
        if not batch:
            return Rotated(model.__name__, rows, failed)
        rows += len(batch)
        last = batch[-1].pk


def _encrypt_again(row: models.Model) -> bool:
    try:
        if isinstance(row, RecordKey):
            rewrap(row)
            return True
        columns = _columns(type(row))
        for column in columns:
            getattr(row, column)  # opens it, so that saving encrypts it anew
        row.save(update_fields=columns)
    except UndecryptableError as error:
        logger.error("rotation: %s row %s: %s", type(row).__name__, row.pk, error)
        return False
    return True


def _columns(model: type[models.Model]) -> list[str]:
    if model is RecordKey:
        return ["wrapped"]
    if model._meta.proxy:
        return []
    return [field.name for field in model._meta.local_concrete_fields if isinstance(field, EncryptedField)]


def _outdated(model: type[models.Model]) -> models.QuerySet[Any]:
    """Rows with an envelope that the encrypting key did not make."""
    head = current_head()
    rows = model._base_manager.all()
    condition = models.Q()
    for column in _columns(model):
        start, version = f"_{column}_head", f"_{column}_version"
        rows = rows.alias(**{start: Left(column, len(head)), version: Left(column, len(VERSION) + 1)})
        condition |= models.Q(**{version: f"{VERSION}:"}) & ~models.Q(**{start: head})
    return rows.filter(condition)
