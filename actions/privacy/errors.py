"""What can go wrong with protected data; none of these carries a plaintext or a ciphertext."""

from django.core.exceptions import FieldError


class UndecryptableError(Exception):
    """A stored value does not open: it was moved, altered, or was never encrypted."""


class MissingKeyError(UndecryptableError):
    """A stored value names a key that PERSONAL_DATA_KEYS does not hold."""


class EncryptedFieldError(FieldError):
    """A query asked the database to look into, or to write, an encrypted column."""


class RecordKeyDestroyedError(Exception):
    """The record's fingerprint key was destroyed, so nothing can be matched under it any more."""


class ErasureIncompleteError(Exception):
    """Some rows could not be erased; ``erased`` and ``failed`` count them."""

    def __init__(self, *, erased: int, failed: int) -> None:
        super().__init__(f"{erased} rows erased, {failed} failed.")
        self.erased = erased
        self.failed = failed
