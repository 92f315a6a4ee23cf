"""The address that a mail comes back to when it cannot be delivered: one per mail, and nothing is stored for it.

The token in it is the row's queue and number, encrypted and authenticated (AES-SIV, RFC 5297) under a key derived from
SECRET_KEY, so that it tells nobody how many mails we send and cannot be made up. It also says which turn of the row it
belongs to, for rows that are sent again. While mail is on its way a changed SECRET_KEY must stay in
SECRET_KEY_FALLBACKS.
https://en.wikipedia.org/wiki/Variable_envelope_return_path
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.crypto import salted_hmac

if TYPE_CHECKING:
    from actions.outbox.models import Dispatch

PREFIX = "bounce+"
NUMBER_BYTES = 8
TURNS = 256  # more than a mail is ever sent
TOKEN = re.compile(r"[a-z2-7]{39}")  # 16 bytes of tag and 8 of number in base32, which survives any change of case
METADATA_NAME = "token"


class Returned(NamedTuple):
    """What a token says: the row, and in which of its turns it was sent."""

    queue_name: str
    pk: int
    turn: int


def turn_of(row: Dispatch) -> int:
    """Return how often the row was sent before: a report about an earlier turn says nothing about the present one."""
    return min(row.soft_bounces + row.repeats, TURNS - 1)


def token_for(*, queue_name: str, pk: int, turn: int = 0) -> str:
    """Return the token of one row in one turn, in small letters and digits."""
    number = (pk * TURNS + turn).to_bytes(NUMBER_BYTES, "big")
    sealed = _cipher(settings.SECRET_KEY).encrypt(number, [queue_name.encode()])
    return base64.b32encode(sealed).decode().rstrip("=").lower()


def read_token(token: str, *, queue_names: Iterable[str]) -> Returned | None:
    """Return what the token says; None for one that we never made."""
    token = token.lower()
    if not TOKEN.fullmatch(token):
        return None
    sealed = base64.b32decode(token.upper() + "=")
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        for name in queue_names:
            try:
                number = int.from_bytes(_cipher(secret).decrypt(sealed, [name.encode()]), "big")
            except InvalidTag:
                continue
            return Returned(name, *divmod(number, TURNS))
    return None


@lru_cache(maxsize=8)
def _cipher(secret: str) -> AESSIV:
    return AESSIV(salted_hmac("actions.outbox.return-path", "", secret=secret, algorithm="sha512").digest())


def return_address(token: str) -> str:
    """Return the envelope sender; under our own domain, so that SPF is aligned with the From line (RFC 7489, 3.1.2)."""
    return f"{PREFIX}{token}@{settings.SENDER_DOMAIN}"


def tokens_in(text: str) -> list[str]:
    """Return the tokens of all return addresses in a text such as a mail's headers."""
    address = re.compile(rf"{re.escape(PREFIX)}({TOKEN.pattern})@{re.escape(settings.SENDER_DOMAIN)}", re.IGNORECASE)
    return [found.lower() for found in address.findall(text)]


def with_return_path(message: EmailMessage, *, queue_name: str, pk: int, turn: int = 0) -> EmailMessage:
    """Make the mail come back to its own address; what people see as the sender stays.

    Django takes the header from ``extra_headers`` and the envelope from ``from_email``. Providers' back ends (anymail)
    have envelopes of their own: they get the token as metadata, which their webhooks repeat.
    """
    token = token_for(queue_name=queue_name, pk=pk, turn=turn)
    message.extra_headers.setdefault("From", message.from_email)
    message.from_email = return_address(token)
    message.metadata = {METADATA_NAME: token}  # type: ignore[attr-defined]
    return message


def without_return_path(message: EmailMessage) -> EmailMessage:
    """Undo the envelope for a provider's back end: most of them refuse a mail that asks for one of its own."""
    message.from_email = message.extra_headers.pop("From", message.from_email)
    return message
