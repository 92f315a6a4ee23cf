"""Reads Stripe's form encoding (``line_items[0][price_data][currency]=cad``) and the values in it."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qsl

from achk_site.demo.stripe.errors import invalid

Params = dict[str, Any]

_PIECE = re.compile(r"\[([^\]]*)\]")
_INTEGER = re.compile(r"-?[0-9]{1,18}")
_MAX_KEYS, _MAX_KEY, _MAX_VALUE = 50, 40, 500


def parse_form(text: str) -> Params:
    """Return the nested values: names that are numbers, and ``[]``, make lists; leaves are strings."""
    tree: Params = {}
    for name, value in parse_qsl(text, keep_blank_values=True):
        head, bracket, _rest = name.partition("[")
        pieces = [head, *_PIECE.findall(name[len(head) :])] if bracket else [head]
        _put(tree, pieces, value)
    return {name: _with_lists(value) for name, value in tree.items()}


def _put(tree: Params, pieces: list[str], value: str) -> None:
    for piece in pieces[:-1]:
        child = tree.setdefault(piece, {})
        if not isinstance(child, dict):
            raise invalid("Invalid object", param=pieces[0])
        tree = child
    tree[pieces[-1] or str(len(tree))] = value


def _with_lists(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    children = {name or "0": _with_lists(child) for name, child in value.items()}
    if children and all(name.isdigit() for name in children):
        return [children[name] for name in sorted(children, key=int)]
    return children


def integer(params: Params, name: str, *, default: int | None = None, minimum: int | None = None) -> int | None:
    value = params.get(name)
    if value is None or value == "":
        return default
    if not isinstance(value, str) or not _INTEGER.fullmatch(value):
        raise invalid(f"Invalid integer: {value}", param=name, code="parameter_invalid_integer")
    number = int(value)
    if minimum is not None and number < minimum:
        raise invalid(f"This value must be greater than or equal to {minimum}.", param=name)
    return number


def required_integer(params: Params, name: str, *, minimum: int | None = None) -> int:
    number = integer(params, name, minimum=minimum)
    if number is None:
        raise _required(name)
    return number


def boolean(params: Params, name: str, *, default: bool = False) -> bool:
    value = params.get(name)
    if value in (None, ""):
        return default
    if value not in ("true", "false"):
        raise invalid(f"Invalid boolean: {value}", param=name)
    return bool(value == "true")


def text(params: Params, name: str) -> str | None:
    value = params.get(name)
    if isinstance(value, dict | list):
        raise invalid("Invalid string", param=name)
    return value or None


def required(params: Params, name: str) -> str:
    value = text(params, name)
    if value is None:
        raise _required(name)
    return value


def branch(params: Params, name: str) -> Params:
    value = params.get(name) or {}
    if not isinstance(value, dict):
        raise invalid("Invalid object", param=name)
    return value


def items(params: Params, name: str) -> list[Any]:
    value = params.get(name) or []
    if isinstance(value, str):
        return [value]
    if not isinstance(value, list):
        raise invalid("Invalid array", param=name)
    return value


def metadata(params: Params, *, old: dict[str, str] | None = None) -> dict[str, str]:
    """Return the merged metadata; an empty value takes its key away: https://docs.stripe.com/api/metadata."""
    merged = dict(old or {})
    if params.get("metadata") == "":
        return {}
    for key, value in branch(params, "metadata").items():
        if len(key) > _MAX_KEY or not isinstance(value, str) or len(value) > _MAX_VALUE:
            raise invalid("Metadata keys hold 40 and values 500 characters.", param=f"metadata[{key}]")
        merged[key] = value
    kept = {key: value for key, value in merged.items() if value}
    if len(kept) > _MAX_KEYS:
        raise invalid("Metadata can have up to 50 keys.", param="metadata")
    return kept


def _required(name: str) -> Exception:
    return invalid(f"Missing required param: {name}.", param=name, code="parameter_missing")
