"""PDFs and pictures made by typst, each in a process of its own that is killed when it takes too long.

A compiler that hangs cannot be stopped inside a process. A process for each document costs 0.05 seconds of processor
time more than a thread would, keeps no memory and sees none of the site's keys (docs/decisions/0023). Templates get
what is written as JSON (https://typst.app/docs/reference/foundations/sys/) and show it as text, so that nothing in it
is ever read as markup; a template's folder is all that it can read.
"""

from __future__ import annotations

import json
import logging
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

log = logging.getLogger(__name__)

CHILD = Path(__file__).parent / "child.py"
FONTS = Path(__file__).parents[1] / "fonts"
# Of processor time a usual letter takes 0.05 seconds, as much text as fits 1.5; the rest is for waiting one's turn.
SECONDS = 8
AT_ONCE = 2
ENVIRONMENT = {"RAYON_NUM_THREADS": "1"}  # one document is too small to share out among processors

_places = BoundedSemaphore(AT_ONCE)


class NotTypeset(Exception):
    """The document could not be made: too slow, too many at once, or something is wrong in it. Holds no text of it."""


def typeset(template: Path, data: Mapping[str, Any], *, options: Sequence[Mapping[str, Any]]) -> bytes:
    """Return the document by the first of ``options`` (typst's own, such as ``format``) that works. Raises NotTypeset.

    At most AT_ONCE are made at once in a process of the site; who waits longer than SECONDS gets none.
    """
    order = {
        "template": str(template),
        "root": str(template.parent),
        "fonts": str(FONTS),
        "seconds": SECONDS,
        "options": [dict(one) for one in options],
        "data": json.dumps(data),
    }
    deadline = time.monotonic() + SECONDS
    if not _places.acquire(timeout=SECONDS):
        raise _failed(template, "no press is free")
    try:
        return _run(template, json.dumps(order).encode(), seconds=max(deadline - time.monotonic(), 0))
    finally:
        _places.release()


def _run(template: Path, order: bytes, *, seconds: float) -> bytes:
    command = [sys.executable, "-I", str(CHILD)]
    try:
        done = subprocess.run(  # noqa: S603
            command, input=order, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=ENVIRONMENT, timeout=seconds
        )
    except subprocess.TimeoutExpired:
        raise _failed(template, "took too long") from None
    except OSError as error:
        raise _failed(template, type(error).__name__) from None
    if done.returncode or not done.stdout:
        raise _failed(template, f"ended with {done.returncode}")
    return done.stdout


def _failed(template: Path, reason: str) -> NotTypeset:
    log.error("%s was not typeset: %s", template.name, reason)
    return NotTypeset(reason)
