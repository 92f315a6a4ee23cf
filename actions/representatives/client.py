"""The only module that calls Represent (https://represent.opennorth.ca/api/).

Represent is asked which ridings a postal code lies in, never who sits there: it joins members to ridings by name, so
that a renamed riding looks vacant and a former member stays (https://github.com/opennorth/represent-canada-data/issues/64).
"""

from __future__ import annotations

import json
import logging
from typing import Any

from django.conf import settings

from actions.representatives import budget
from actions.representatives.download import Answer, DownloadError, download
from actions.representatives.provinces import province_of

logger = logging.getLogger(__name__)

# Without the set every level of government comes back, and both federal sets carry the same display name.
FEDERAL_SET = "federal-electoral-districts-2023-representation-order"
_SET_PATH = f"/boundary-sets/{FEDERAL_SET}/"
_LOOKUP_SECONDS = 3.0
_LOOKUP_BYTES = 256 * 1024
_LIST_SECONDS = 60.0
_LIST_BYTES = 8 * 1024 * 1024


class Unavailable(Exception):
    """Represent cannot be asked now, or its answer makes no sense; the message never holds a postal code."""


class UnknownPostalCode(Exception):
    """Represent says that it does not know the code."""


def is_configured() -> bool:
    return bool(settings.REPRESENT_API_URL)


def ridings_of(code: str) -> list[int]:
    """Federal numbers of the 2023 ridings that ``code`` (six characters, normalised) lies in; empty for none.

    Both match lists count: the concordance may name several, the centroid at most one.
    Raises UnknownPostalCode and Unavailable.
    """
    _spend()
    answer = _get(f"/postcodes/{code}/", params={"sets": FEDERAL_SET}, seconds=_LOOKUP_SECONDS, max_bytes=_LOOKUP_BYTES)
    if answer.status == 404:
        budget.succeeded()
        raise UnknownPostalCode
    payload = _object(answer)
    concordance, centroid = payload.get("boundaries_concordance"), payload.get("boundaries_centroid")
    if payload.get("code") != code or not isinstance(concordance, list) or not isinstance(centroid, list):
        raise _failure("not the documented shape")
    numbers = {_federal_number(boundary) for boundary in [*concordance, *centroid]}
    budget.succeeded()
    return sorted(number for number in numbers if number is not None)


def riding_list() -> list[dict[str, Any]]:
    """All ridings with their English names, as ``/boundaries/<set>/`` lists them. Raises Unavailable."""
    return _list(f"/boundaries/{FEDERAL_SET}/")


def riding_details(fed_num: int) -> dict[str, Any]:
    """One riding; the French name stands only here, as ``metadata.ED_NAMEF``. Raises Unavailable."""
    _spend()
    path = f"/boundaries/{FEDERAL_SET}/{fed_num}/"
    details = _object(_get(path, params={}, seconds=_LOOKUP_SECONDS, max_bytes=_LOOKUP_BYTES))
    budget.succeeded()
    return details


def member_list() -> list[dict[str, Any]]:
    """The members of the House of Commons with their published addresses. Raises Unavailable."""
    return _list("/representatives/house-of-commons/")


def _list(path: str) -> list[dict[str, Any]]:
    _spend()
    answer = _get(path, params={"limit": "1000"}, seconds=_LIST_SECONDS, max_bytes=_LIST_BYTES)
    rows = _object(answer).get("objects")
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise _failure("not the documented shape")
    budget.succeeded()
    return rows


def _spend() -> None:
    if not is_configured():
        raise Unavailable("no address configured")
    if not budget.spend():
        logger.warning("Represent was not asked: the minute's calls are used up or it is down")
        raise Unavailable("budget")


def _get(path: str, *, params: dict[str, str], seconds: float, max_bytes: int) -> Answer:
    reason = ""
    try:
        return download(
            settings.REPRESENT_API_URL + path,
            params=params,
            deadline_seconds=seconds,
            max_bytes=max_bytes,
            accept="application/json",
        )
    except DownloadError as error:
        reason = str(error)
    raise _failure(reason)


def _object(answer: Answer) -> dict[str, Any]:
    if answer.status != 200:
        raise _failure(f"status {answer.status}")
    try:
        payload = json.loads(answer.body)
    except (ValueError, RecursionError):
        payload = None
    if not isinstance(payload, dict):
        raise _failure("not JSON")
    return payload


def _failure(reason: str) -> Unavailable:
    budget.failed()
    logger.warning("Represent gave no answer: %s", reason)
    return Unavailable(reason)


def _federal_number(boundary: Any) -> int | None:
    """The number of a boundary of the 2023 set; None for any other set."""
    related = boundary.get("related") if isinstance(boundary, dict) else None
    if not isinstance(related, dict) or related.get("boundary_set_url") != _SET_PATH:
        return None
    external_id = str(boundary.get("external_id", ""))
    is_number = external_id.isascii() and external_id.isdigit() and len(external_id) == 5
    return int(external_id) if is_number and province_of(int(external_id)) else None
