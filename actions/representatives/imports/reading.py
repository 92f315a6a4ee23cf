"""Where an import reads from: a file on this machine, or an address on a configured host; and how rows are read.

Parliament's and Elections Canada's data are fetched when an import runs and never shipped with the code.
"""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import defusedxml.ElementTree  # type: ignore[import-untyped]
from defusedxml.common import DefusedXmlException  # type: ignore[import-untyped]

from actions.representatives.download import DownloadError, download
from actions.representatives.imports.outcome import ImportFailed

_SECONDS = 60.0
_BYTES = 8 * 1024 * 1024


def read(source: str) -> str:
    """The text of a path or an ``http(s)`` address, without a byte-order mark. Raises ImportFailed."""
    if source.startswith(("http://", "https://")):
        content = _fetch(source)
    else:
        try:
            content = Path(source).read_bytes()
        except OSError as error:
            raise ImportFailed(f"{source} cannot be read: {error.strerror}.") from error
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ImportFailed(f"{source} is not UTF-8 text.") from error


def csv_rows(text: str) -> list[dict[str, str]]:
    """Rows by header name; surplus columns are ignored. Raises ImportFailed for a row that is cut off."""
    try:
        rows = list(csv.DictReader(io.StringIO(text, newline=""), restkey=""))
    except csv.Error as error:
        raise ImportFailed(f"The table cannot be read: {error}.") from error
    if any(value is None for row in rows for value in row.values()):
        raise ImportFailed("A row of the table has fewer columns than its head: the file looks cut off.")
    return [{key.strip(): value.strip() for key, value in row.items() if key and value is not None} for row in rows]


def json_rows(text: str) -> list[dict[str, Any]]:
    """A list of objects; also under ``objects`` (Represent) or as the properties of GeoJSON ``features``."""
    try:
        payload = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ImportFailed("The file is not JSON.") from error
    if isinstance(payload, dict):
        payload = payload.get("objects", payload.get("features"))
    if not isinstance(payload, list) or not all(isinstance(row, dict) for row in payload):
        raise ImportFailed("The file holds no list of rows.")
    return [row["properties"] if isinstance(row.get("properties"), dict) else row for row in payload]


def xml_rows(text: str, tag: str) -> list[dict[str, str]]:
    """The children of every ``tag`` element as text by name; empty for ``xsi:nil``."""
    try:
        root: ElementTree.Element = defusedxml.ElementTree.fromstring(text)
    except (ElementTree.ParseError, DefusedXmlException) as error:
        raise ImportFailed("The file is not XML.") from error
    return [{child.tag: (child.text or "").strip() for child in row} for row in root.iter(tag)]


def _fetch(url: str) -> bytes:
    try:
        answer = download(url, deadline_seconds=_SECONDS, max_bytes=_BYTES)
    except DownloadError as error:
        raise ImportFailed(f"{url} could not be fetched: {error}.") from error
    if answer.status != 200:
        raise ImportFailed(f"{url} answered with status {answer.status}.")
    return answer.body
