"""Sealing to the organisation's offline public key: the server can write such a value but never read it.

libsodium sealed boxes (https://doc.libsodium.org/public-key_cryptography/sealed_boxes) know no associated data, so the
place of the value travels inside the box and is compared when it is opened on the offline machine.
"""

from __future__ import annotations

import base64
import binascii
import json

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox

from actions.privacy.errors import UndecryptableError

HEAD = "sealed:v1:"


class Sealed:
    """A value that only the organisation's offline key opens; the server passes it on as it is."""

    __slots__ = ("stored",)
    is_readable = False

    def __init__(self, stored: str) -> None:
        self.stored = stored

    def __repr__(self) -> str:
        return "<sealed>"


def seal(text: str, *, public_key: PublicKey, bound_to: tuple[str, ...]) -> str:
    """Return the stored form of a text sealed to ``public_key`` and marked with its place."""
    content = json.dumps({"place": bound_to, "text": text}, ensure_ascii=False).encode()
    return HEAD + base64.b64encode(SealedBox(public_key).encrypt(content)).decode()


def open_sealed(stored: str, *, private_key: PrivateKey, bound_to: tuple[str, ...]) -> str:
    """Open a sealed value, on the offline machine; raise UndecryptableError when it was moved, altered or another's."""
    try:
        raw = base64.b64decode(stored.removeprefix(HEAD), validate=True)
        content = json.loads(SealedBox(private_key).decrypt(raw))
    except (CryptoError, binascii.Error, ValueError) as error:
        raise UndecryptableError("This sealed value was altered, or belongs to another key.") from error
    if tuple(content["place"]) != bound_to:
        raise UndecryptableError("This sealed value was moved from another row or column.")
    text: str = content["text"]
    return text
