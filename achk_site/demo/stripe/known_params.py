"""Checks what was sent against the installed client's own parameter types, as Stripe itself refuses unknown names."""

from __future__ import annotations

import functools
import importlib
import types
import typing
from typing import Any, Literal, Union, get_args, get_origin

from achk_site.demo.stripe.errors import invalid
from achk_site.demo.stripe.params import Params

# Names that the client's options for a request use without importing them; the options are no parameters.
_OPTION_TYPES = {"StripeContext": Any, "Mapping": typing.Mapping}


def check_params(takes: str, params: Params) -> None:
    """Refuse the first parameter that ``stripe.params`` does not know at this place."""
    for path in unknown_params(takes, params):
        raise invalid(f"Received unknown parameter: {path}", param=path, code="parameter_unknown")


def unknown_params(takes: str, params: Params) -> list[str]:
    """Return what the type ``takes`` ("checkout.SessionCreateParams") does not know: names, and values of choices.

    The values may be Python's or the strings that stand in a request.
    """
    known = _type_named(takes)
    return list(_unknown(known, params, "")) if known is not None else sorted(params)


def _unknown(expected: Any, value: Any, path: str) -> typing.Iterator[str]:
    options = _options(expected)
    if isinstance(value, dict):
        yield from _unknown_names(options, value, path)
    elif isinstance(value, list | tuple):
        inner = [get_args(one)[0] for one in options if get_origin(one) in (list, typing.List)]  # noqa: UP006
        for place, one in enumerate(value):
            yield from _unknown(Union[tuple(inner)] if inner else None, one, f"{path}[{place}]")  # noqa: UP007
    elif (choices := _choices(options)) and value not in (*choices, "", None):
        yield f"{path}={value}"


def _unknown_names(options: list[Any], value: dict[str, Any], path: str) -> typing.Iterator[str]:
    # The client's come from typing_extensions, whose older ones typing.is_typeddict does not know.
    typed = [one for one in options if hasattr(one, "__required_keys__")]
    if not typed:
        free = any(get_origin(one) is dict or one in (dict, Any) for one in options)
        yield from [] if free else [path]
        return
    names: dict[str, Any] = {}
    for one in typed:
        names |= _names(one)
    for name, child in value.items():
        inner = f"{path}[{name}]" if path else name
        if name not in names:
            yield inner
        else:
            yield from _unknown(names[name], child, inner)


def _choices(options: list[Any]) -> list[Any]:
    """Return the closed list of values; a type that takes numbers or objects as well has none."""
    literals = [get_args(one) for one in options if get_origin(one) is Literal]
    others = [one for one in options if get_origin(one) is not Literal and one is not str]
    return [value for values in literals for value in values] if literals and not others else []


def _options(expected: Any) -> list[Any]:
    origin = get_origin(expected)
    if origin in (typing.Union, types.UnionType):
        return [option for one in get_args(expected) for option in _options(one)]
    return [expected]


@functools.cache
def _names(typed: type) -> dict[str, Any]:
    options = importlib.import_module("stripe").RequestOptions.__annotations__
    found = typing.get_type_hints(typed, localns=_OPTION_TYPES)
    return {name: expected for name, expected in found.items() if name not in options}


@functools.cache
def _type_named(takes: str) -> Any:
    folder, _, name = takes.rpartition(".")
    module = importlib.import_module("stripe.params" + (f".{folder}" if folder else ""))
    return getattr(module, name, None)
