"""Model fields whose column holds ciphertext, opened when the attribute is read and not before.

A value is bound to table, column and the row's ``row_key``, so it is written only through an instance: ``update()``
and ``bulk_update()`` with anything but an empty value raise, and so does every look-up but ``isnull`` and ``isblank``.
Empty text (``""``), an empty JSON object and ``None`` are stored as they are: that is what a blanked column looks like.
Renaming a table or column would make its rows unreadable: keep the old name with ``db_table`` or ``db_column``.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.core import checks
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models
from django.db.models.lookups import IsNull
from django.db.models.query_utils import DeferredAttribute
from django.utils.translation import gettext_lazy as _

from actions.privacy import keys, sealing
from actions.privacy.envelope import Opener, decrypt, encrypt
from actions.privacy.errors import EncryptedFieldError
from actions.privacy.sealing import Sealed


class Stored:
    """Ciphertext as it stands in the column, not yet opened; what ``values()`` yields too."""

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        self.text = text

    def __repr__(self) -> str:
        return "<encrypted>"


class LazyPlaintext(DeferredAttribute):
    """Opens the stored value at the first read of the attribute and keeps the plain one on the instance."""

    def __get__(self, instance: Any, cls: Any = None) -> Any:
        value = super().__get__(instance, cls)
        if isinstance(value, Stored):
            value = instance.__dict__[self.field.attname] = self.field.reveal(value.text, instance)  # type: ignore[attr-defined]
        return value

    def __set__(self, instance: Any, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


class IsBlank(IsNull):
    """``name__isblank=True``: nothing is stored (NULL or ''); it tells nothing about the content.

    It keeps the lookup name of IsNull, for which alone ``exclude()`` does not add "and is not null".
    """

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        if not isinstance(self.rhs, bool):
            raise ValueError("isblank takes True or False.")
        sql, params = self.process_lhs(compiler, connection)
        test = f"COALESCE({sql}, '') = ''" if self.rhs else f"COALESCE({sql}, '') <> ''"
        return test, params


class EncryptedField(models.Field):
    """What the encrypted fields share; use one of the subclasses."""

    descriptor_class = LazyPlaintext

    def get_internal_type(self) -> str:
        return "TextField"

    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        found = super().check(**kwargs)
        if self.unique or getattr(self, "db_index", False):
            found.append(checks.Error("Ciphertext can be neither unique nor indexed.", obj=self, id="privacy.E010"))
        try:
            self.model._meta.get_field("row_key")
        except FieldDoesNotExist:
            found.append(checks.Error("The model must be a PersonalModel.", obj=self, id="privacy.E011"))
        return found

    # --- to be stated by the kind of value ---------------------------------------------------------------------------

    def is_blank_value(self, value: Any) -> bool:
        """Whether the value is stored as the empty string."""
        return bool(value == "")

    def dump(self, value: Any) -> str:
        """Return the plain text to encrypt; raise ValueError for NUL, lone surrogates or another kind of value."""
        raise NotImplementedError

    def load(self, text: str) -> Any:
        """Return the value of a decrypted text."""
        raise NotImplementedError

    def blanked(self) -> Any:
        """Return what a blanked, not null column reads as."""
        return ""

    # --- one row -----------------------------------------------------------------------------------------------------

    def place(self, instance: models.Model) -> tuple[str, str, str]:
        """Return the table, column and row key a value of this instance is bound to."""
        row_key = getattr(instance, "row_key", None)
        if not row_key:
            raise EncryptedFieldError(f"{self} needs a row_key before it can be encrypted or read.")
        return (self.model._meta.db_table, str(self.column), str(UUID(str(row_key))))

    def reveal(self, text: str, instance: models.Model) -> Any:
        """Open a stored text of this instance; raise UndecryptableError when it does not belong here."""
        return self.load(decrypt(text, use="field", bound_to=self.place(instance)).decode())

    def reader(self) -> Callable[[str | None, str], Any]:
        """Return what opens the column's stored text, given the row key as text; see ``actions.privacy.reading``."""
        opener, load = Opener(use="field", bound_to=(self.model._meta.db_table, str(self.column))), self.load
        blanked = self.blanked()

        def read(stored: str | None, row_key: str) -> Any:
            return load(opener(stored, row_key).decode()) if stored else blanked

        return read

    def protect(self, value: Any, instance: models.Model) -> Stored:
        """Return the stored form of a plain value."""
        return Stored(encrypt(self.dump(value).encode(), use="field", bound_to=self.place(instance)))

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """Encrypt with the instance's row key; a value nobody opened is written back as it was."""
        value = model_instance.__dict__.get(self.attname)
        if isinstance(value, Stored) and add:
            value = self.reveal(value.text, model_instance)  # a copied row: fails loudly under another row key
        if value is None or isinstance(value, Stored) or self.is_blank_value(value):
            return value
        if hasattr(value, "resolve_expression"):
            raise EncryptedFieldError(f"{self} cannot be computed by the database.")
        return self.protect(value, model_instance)

    # --- database ----------------------------------------------------------------------------------------------------

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> Any:
        if value is None:
            return None
        return Stored(value) if value else self.blanked()

    def get_prep_value(self, value: Any) -> str | None:
        """Let through what was encrypted by ``pre_save`` or is blank; anything else would be stored in the clear."""
        if value is None:
            return None
        if isinstance(value, Stored):
            return value.text
        if self.is_blank_value(value) or value == "":
            return ""
        raise EncryptedFieldError(f"{self} is encrypted per row: save an instance, or update() it to an empty value.")

    def get_lookup(self, lookup_name: str) -> Any:
        lookup = {"isnull": IsNull, "isblank": IsBlank}.get(lookup_name)
        if lookup is None:
            raise EncryptedFieldError(f"{self} is encrypted: it can be found by isnull and isblank only.")
        return lookup

    def value_to_string(self, obj: models.Model) -> str:
        raise EncryptedFieldError(f"{self} would leave in the clear: copy the database instead of dumping it.")


class EncryptedTextField(EncryptedField):
    """Text, AES-256-GCM."""

    def to_python(self, value: Any) -> Any:
        if value is None or isinstance(value, (Stored, Sealed)):
            return value
        try:
            return self.dump(value)
        except ValueError as error:
            raise ValidationError(_("This text contains characters that cannot be stored."), code="invalid") from error

    def dump(self, value: Any) -> str:
        if isinstance(value, (bytes, bytearray, Sealed)):
            raise TypeError(f"{self} takes text.")
        return storable(str(value))

    def load(self, text: str) -> str:
        return text


class EncryptedJSONField(EncryptedField):
    """Anything JSON can say, AES-256-GCM; a blanked column reads as ``{}``."""

    empty_strings_allowed = False

    def is_blank_value(self, value: Any) -> bool:
        return bool(value == {})

    def blanked(self) -> dict[str, Any]:
        return {}

    def dump(self, value: Any) -> str:
        _check_strings(value)
        return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))

    def load(self, text: str) -> Any:
        return json.loads(text)


class SealedTextField(EncryptedTextField):
    """Text sealed to the organisation's offline key when there is one, else encrypted like any other.

    A sealed value reads as a ``Sealed`` with ``is_readable = False``; it can be kept or blanked, not changed in part.
    """

    def reveal(self, text: str, instance: models.Model) -> str | Sealed:
        return Sealed(text) if text.startswith(sealing.HEAD) else super().reveal(text, instance)

    def reader(self) -> Callable[[str | None, str], Any]:
        read = super().reader()

        def read_unless_sealed(stored: str | None, row_key: str) -> Any:
            return Sealed(stored) if stored and stored.startswith(sealing.HEAD) else read(stored, row_key)

        return read_unless_sealed

    def protect(self, value: Any, instance: models.Model) -> Stored:
        public_key = keys.organisation_public_key()
        if public_key is None:
            return super().protect(value, instance)
        return Stored(sealing.seal(self.dump(value), public_key=public_key, bound_to=self.place(instance)))

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = model_instance.__dict__.get(self.attname)
        if isinstance(value, Sealed) and not add:
            return Stored(value.stored)
        return super().pre_save(model_instance, add)


def storable(text: str) -> str:
    """Return the text; raise ValueError when it holds NUL or a lone surrogate, which no database stores alike."""
    if "\0" in text:
        raise ValueError("NUL cannot be stored.")
    text.encode()  # UnicodeEncodeError is a ValueError
    return text


def _check_strings(value: Any) -> None:
    if isinstance(value, str):
        storable(value)
    elif isinstance(value, dict):
        _check_strings(list(value.keys()))
        _check_strings(list(value.values()))
    elif isinstance(value, (list, tuple)):
        for item in value:
            _check_strings(item)
