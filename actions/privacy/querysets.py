"""The query set of personal models: the ways around the encrypted fields that a field alone cannot see."""

from __future__ import annotations

from typing import Any

from django.db import models

from actions.privacy.errors import EncryptedFieldError
from actions.privacy.fields import EncryptedField


class PersonalQuerySet(models.QuerySet[Any]):
    """Refuses writes that would put plain text, or another row's ciphertext, into an encrypted column."""

    def update(self, **kwargs: Any) -> int:
        """Update plain columns, and blank encrypted ones; anything else for an encrypted column raises."""
        for name, value in kwargs.items():
            field = self.model._meta.get_field(name)
            if isinstance(field, EncryptedField):
                field.get_prep_value(value)  # an expression would pass the field by, here it does not
        return super().update(**kwargs)

    def bulk_create(self, objs: Any, *args: Any, **kwargs: Any) -> Any:
        """Insert rows; ``update_conflicts`` raises, because it would keep the old row key beside new ciphertext."""
        if kwargs.get("update_conflicts"):
            raise EncryptedFieldError("Personal rows cannot be upserted in bulk.")
        return super().bulk_create(objs, *args, **kwargs)
