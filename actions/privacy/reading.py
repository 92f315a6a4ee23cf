"""Encrypted columns of very many rows: read as the text that they hold and opened one by one, without instances.

``rows.values_list(RowKey(), ciphertext("name"))``, then ``reader(Model, "name")(stored, row_key)``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from django.db import models

from actions.privacy.fields import EncryptedField


class RowKey(models.Func):
    """The row key as encryption binds it, hyphens and all."""

    output_field = models.TextField()

    def __init__(self) -> None:
        super().__init__(models.F("row_key"))

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        return super().as_sql(compiler, connection, template="%(expressions)s::text", **extra)

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        """Django keeps 32 hex digits in SQLite."""
        places = ((1, 8), (9, 4), (13, 4), (17, 4), (21, 12))
        template = " || '-' || ".join(f"substr(%(expressions)s, {start}, {length})" for start, length in places)
        return super().as_sql(compiler, connection, template=template, **extra)


def ciphertext(name: str) -> models.ExpressionWrapper:
    """Return an encrypted column as the text that it holds."""
    return models.ExpressionWrapper(models.F(name), output_field=models.TextField())


def reader(model: type[models.Model], name: str) -> Callable[[str | None, str], Any]:
    """Return what opens such text, given the row key."""
    return cast(EncryptedField, model._meta.get_field(name)).reader()
