"""One bounded GET: a total deadline, a size limit, one try, no redirects, and only to the configured hosts.

The timeouts of ``requests`` start anew with every packet and do not cover name resolution, so that a server which sends
one byte a second holds the caller for hours (https://requests.readthedocs.io/en/latest/user/advanced/#timeouts).
The request therefore runs in a thread of its own and the caller waits for it no longer than the deadline.
"""

from __future__ import annotations

import logging
import queue
import threading
import time
from dataclasses import dataclass
from urllib.parse import urlsplit

import requests
from django.conf import settings

HOUSE_ORIGIN = "https://www.ourcommons.ca"
_CHUNK_BYTES = 16_384
_HEADERS = {"User-Agent": "achk-site", "Accept-Encoding": "identity"}

# At DEBUG it logs the path of each request, and the paths of the look-up hold postal codes.
logging.getLogger("urllib3.connectionpool").setLevel(logging.INFO)


class DownloadError(Exception):
    """Nothing usable came; the message is a fixed phrase and never holds the address."""


@dataclass(frozen=True)
class Answer:
    status: int
    content_type: str
    body: bytes


def download(
    url: str, *, deadline_seconds: float, max_bytes: int, params: dict[str, str] | None = None, accept: str = "*/*"
) -> Answer:
    """The answer of ``url``, whatever its status.

    Raises DownloadError when the host is not configured, when the whole answer is not here within the deadline, or when
    it is larger than ``max_bytes``.
    """
    if _origin(url) not in allowed_origins():
        raise DownloadError("host not allowed")
    answers: queue.Queue[Answer | str] = queue.Queue(maxsize=1)
    give_up_at = time.monotonic() + deadline_seconds

    def run() -> None:
        answers.put(_get(url, give_up_at=give_up_at, max_bytes=max_bytes, params=params, accept=accept))

    threading.Thread(target=run, daemon=True, name="download").start()
    try:
        answer: Answer | str = answers.get(timeout=deadline_seconds)
    except queue.Empty:
        answer = "timeout"
    if isinstance(answer, str):
        raise DownloadError(answer)
    return answer


def allowed_origins() -> set[str]:
    """Scheme and host that may be called: the House of Commons and the configured Represent."""
    return {HOUSE_ORIGIN, _origin(settings.REPRESENT_API_URL)} - {"://"}


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _get(url: str, *, give_up_at: float, max_bytes: int, params: dict[str, str] | None, accept: str) -> Answer | str:
    """The answer, or the phrase that says why there is none; exceptions hold the address, so none may leave."""
    timeout = max(0.1, give_up_at - time.monotonic())
    try:
        with requests.get(
            url,
            params=params,
            headers={**_HEADERS, "Accept": accept},
            timeout=timeout,
            stream=True,
            allow_redirects=False,
        ) as response:
            body = bytearray()
            while chunk := response.raw.read1(_CHUNK_BYTES):
                body += chunk
                if len(body) > max_bytes:
                    return "too large"
                if time.monotonic() > give_up_at:
                    return "timeout"
            return Answer(response.status_code, response.headers.get("Content-Type", ""), bytes(body))
    except requests.Timeout:
        return "timeout"
    except Exception:  # noqa: BLE001 - urllib3 and the socket raise their own kinds while the body is read
        return "connection failed"
