"""Reads the mails that the demo's post office wrote into ``settings.OUTBOX_FOLDER``, one ``.eml`` file each."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings

NEWEST = 200
MAX_BYTES = 1_000_000
SHOWN_HEADERS = ("From", "Reply-To", "To", "Cc", "Subject", "Date", "Message-ID")

_ADDRESS = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)\]]")


@dataclass(frozen=True)
class Envelope:
    """A line of the list; ``written_at`` is UTC."""

    name: str
    written_at: datetime
    to: str
    subject: str


@dataclass(frozen=True)
class TextPart:
    """A run of the text; ``path`` is set where it is a link to a page of this site."""

    text: str
    path: str = ""


@dataclass(frozen=True)
class Mail:
    subject: str
    headers: list[tuple[str, str]]
    parts: list[TextPart]


def newest_mails() -> list[Envelope]:
    """Return the newest mails, the newest first."""
    dated = sorted(((file.stat().st_mtime, file) for file in _files()), reverse=True)[:NEWEST]
    return [_envelope(file, datetime.fromtimestamp(at, UTC)) for at, file in dated]


def read_mail(name: str, *, hosts: set[str]) -> Mail | None:
    """Return one mail, or None when the folder itself holds no file of that name.

    Links become clickable only when they lead to one of ``hosts`` ("127.0.0.1:8000").
    """
    file = next((file for file in _files() if file.stem == name), None)
    if file is None:
        return None
    message = _parse(file)
    headers = [(header, str(message[header])) for header in SHOWN_HEADERS if message[header]]
    return Mail(str(message["Subject"] or ""), headers, split_links(_text(message), hosts))


def split_links(text: str, hosts: set[str]) -> list[TextPart]:
    """Cut the text at the links that lead to one of ``hosts``; joined, the parts are the text again."""
    parts: list[TextPart] = []
    end = 0
    for match in _ADDRESS.finditer(text):
        address = urlsplit(match[0])
        if address.netloc not in hosts:
            continue
        path = address._replace(scheme="", netloc="").geturl() or "/"
        if path.startswith("//"):
            continue
        parts += [TextPart(text[end : match.start()]), TextPart(match[0], path)]
        end = match.end()
    return [part for part in (*parts, TextPart(text[end:])) if part.text]


def _files() -> list[Path]:
    """The folder's own mails: looking a name up in this list leaves no way to another folder."""
    folder = Path(settings.OUTBOX_FOLDER)
    if not folder.is_dir():
        return []
    return [file for file in folder.glob("*.eml") if file.is_file() and not file.is_symlink()]


def _envelope(file: Path, written_at: datetime) -> Envelope:
    message = _parse(file)
    return Envelope(file.stem, written_at, str(message["To"] or ""), str(message["Subject"] or ""))


def _parse(file: Path) -> EmailMessage:
    with file.open("rb") as opened:
        return message_from_bytes(opened.read(MAX_BYTES), policy=policy.default)


def _text(message: EmailMessage) -> str:
    body = message.get_body(("plain",))
    return str(body.get_content()) if body is not None else ""
