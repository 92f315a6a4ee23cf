"""The stored form of a secret: ``v1:<key id>:<base64 of nonce and ciphertext>``, AES-256-GCM.

Each envelope is bound to where it stands (table, column, row key): copied to another row or column it does not open.
Home-made because the packages for Django that encrypt fields return what they cannot read as it is, and bind nothing.
"""

from __future__ import annotations

import base64
import binascii
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from actions.privacy.errors import UndecryptableError
from actions.privacy.keys import KeyUse, derived_key, primary_key_id

VERSION = "v1"
NONCE_BYTES = 12  # 96 random bits: safe for 2**32 messages a key, https://csrc.nist.gov/pubs/sp/800/38/d/final


def current_head() -> str:
    """Return how an envelope begins that the encrypting key made."""
    return f"{VERSION}:{primary_key_id()}:"


def encrypt(plain: bytes, *, use: KeyUse, bound_to: tuple[str, ...]) -> str:
    """Encrypt under the first key of the ring, bound to the place named by ``bound_to``."""
    key_id = primary_key_id()
    nonce = os.urandom(NONCE_BYTES)
    sealed = AESGCM(derived_key(use, key_id=key_id)).encrypt(nonce, plain, _associated_data(bound_to))
    return f"{VERSION}:{key_id}:{base64.b64encode(nonce + sealed).decode()}"


def decrypt(envelope: str, *, use: KeyUse, bound_to: tuple[str, ...]) -> bytes:
    """Open an envelope; raise UndecryptableError when it is none, was moved or altered, or its key is missing."""
    return Opener(use=use, bound_to=bound_to[:-1])(envelope, bound_to[-1])


class Opener:
    """Opens envelopes that are bound to the same place but for its last part, such as those of one column by row key.

    What all of them share is worked out once, which matters for a million of them.
    """

    def __init__(self, *, use: KeyUse, bound_to: tuple[str, ...]) -> None:
        self._use, self._place = use, _place(bound_to)
        self._bound_to = _associated_data((*bound_to, ""))
        self._head, self._cipher = ":", AESGCM(bytes(32))  # nothing begins like this

    def __call__(self, envelope: str, row: str) -> bytes:
        """Open one; raise UndecryptableError when it is none, was moved or altered, or its key is missing."""
        if not envelope.startswith(self._head):
            self._turn_to_key_of(envelope)
        try:
            raw = binascii.a2b_base64(envelope[len(self._head) :], strict_mode=True)
            return self._cipher.decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], self._bound_to + row.encode())
        except (InvalidTag, binascii.Error, ValueError) as error:
            raise UndecryptableError(f"What is stored at {self._place} was moved or altered.") from error

    def _turn_to_key_of(self, envelope: str) -> None:
        version, _, rest = envelope.partition(":")
        key_id, _, encoded = rest.partition(":")
        if version != VERSION or not encoded:
            raise UndecryptableError(f"What is stored at {self._place} is not encrypted data.")
        self._cipher = AESGCM(derived_key(self._use, key_id=key_id))
        self._head = f"{version}:{key_id}:"


def _associated_data(bound_to: tuple[str, ...]) -> bytes:
    # Table and column names hold no NUL, so no two places can give the same bytes.
    return "\0".join((VERSION, *bound_to)).encode()


def _place(bound_to: tuple[str, ...]) -> str:
    return ".".join(bound_to[:2])
