"""Compares with the installed client's own types what the stand-in answers and what our code sends.

    assert_fields_known(stand_in.events()[0])
    assert_parameters_known("checkout.SessionCreateParams", {"mode": "payment", ...})
    assert_everything_sent_is_known(stand_in.sent())

The stand-in itself refuses unknown parameters as Stripe does, so a wrong name also fails where it is used.
"""

from __future__ import annotations

import importlib
import types
import typing
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, ForwardRef, Literal, get_args, get_origin

import stripe
from stripe._object_classes import get_object_class

from achk_site.demo.stripe.known_params import unknown_params

NAMES = {bool: "true or false", int: "a number", str: "a text", float: "a number", Decimal: "a decimal number"}


def assert_fields_known(answer: dict[str, Any]) -> None:
    """Hold that every field, nested ones too, stands in the client's class, has its type, and that none is missing."""
    assert (problems := list(wrong_fields(answer))) == [], problems


def assert_parameters_known(takes: str, params: dict[str, Any]) -> None:
    """Hold that ``stripe.params.<takes>`` knows every name, nested ones too, and every value of a choice."""
    assert (unknown := unknown_params(takes, params)) == [], unknown


def assert_everything_sent_is_known(requests: list[dict[str, Any]]) -> None:
    """Hold the same for the requests that a stand-in recorded (``StripeStandIn.sent``)."""
    for request in requests:
        assert_parameters_known(request["takes"], request["params"])


def wrong_fields(answer: dict[str, Any]) -> Iterator[str]:
    """Yield what is wrong in an API object, as text that names the place."""
    kind = answer.get("object")
    if kind == "list":
        for place, item in enumerate(answer["data"]):
            yield from (f"data[{place}].{problem}" for problem in wrong_fields(item))
    else:
        yield from _wrong_in_class(_class_of(answer), answer, str(kind))


def _class_of(answer: dict[str, Any]) -> type:
    return get_object_class("V1", answer["object"])


def _wrong_in_class(known: type, answer: dict[str, Any], path: str) -> Iterator[str]:
    expected = {name: kind for name, kind in _annotations(known).items() if name != "OBJECT_NAME"}
    for name in answer.keys() - expected.keys():
        yield f"{path}.{name} is unknown to {known.__qualname__}"
    for name, kind in expected.items():
        if name not in answer:
            if not _may_be_none(kind):
                yield f"{path}.{name} is missing"
        else:
            yield from _wrong(kind, answer[name], f"{path}.{name}", known)


def _annotations(known: type) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for base in reversed(known.__mro__):
        if base.__module__.startswith("stripe.") and not base.__module__.startswith("stripe._stripe_object"):
            found |= {name: kind for name, kind in vars(base).get("__annotations__", {}).items() if name[0] != "_"}
    return {name: kind for name, kind in found.items() if get_origin(kind) is not typing.ClassVar}


def _wrong(kind: Any, value: Any, path: str, owner: type) -> Iterator[str]:
    """Yield why the value fits none of the alternatives of its annotation."""
    complaints = [list(_wrong_alternative(one, value, path, owner)) for one in _alternatives(kind)]
    if all(complaints):
        yield from min(complaints, key=len)


def _wrong_alternative(kind: Any, value: Any, path: str, owner: type) -> Iterator[str]:
    origin = get_origin(kind)
    if kind is Any:
        return
    if kind is type(None) or value is None:
        if not (kind is type(None) and value is None):
            yield f"{path} is {value!r}"
    elif origin is Literal:
        if value not in get_args(kind):
            yield f"{path} is {value!r}, none of {get_args(kind)[:8]}"
    elif origin in (list, typing.List):  # noqa: UP006
        yield from _wrong_list(get_args(kind)[0], value, path, owner)
    elif isinstance(kind, str | ForwardRef):
        yield from _wrong_named(kind if isinstance(kind, str) else kind.__forward_arg__, value, path, owner)
    elif kind in NAMES:
        # A decimal is a text in the answer itself and a Decimal once the client has read it.
        exact = {Decimal: (str, Decimal), float: (float, int)}.get(kind, (kind,))
        if type(value) not in exact:
            yield f"{path} is {value!r}, not {NAMES[kind]}"
    else:
        yield from _wrong_object(origin or kind, value, path)


def _wrong_list(kind: Any, value: Any, path: str, owner: type) -> Iterator[str]:
    if not isinstance(value, list):
        yield f"{path} is no list"
        return
    for place, item in enumerate(value):
        yield from _wrong(kind, item, f"{path}[{place}]", owner)


def _wrong_named(name: str, value: Any, path: str, owner: type) -> Iterator[str]:
    """Check a value whose annotation is a name only: an API object, under a local name perhaps."""
    if not isinstance(value, dict) or "object" not in value:
        yield f"{path} is no {name}"
        return
    known = getattr(stripe, name, None) or getattr(importlib.import_module(owner.__module__), name, None)
    actual = _class_of(value)
    if known is not None and actual is not known and not name.endswith("Resource"):
        yield f"{path} is a {actual.__name__}, no {name}"
        return
    yield from _wrong_in_class(actual, value, path)


def _wrong_object(known: type, value: Any, path: str) -> Iterator[str]:
    if not isinstance(value, dict):
        yield f"{path} is {value!r}, no {known.__name__}"
    elif known.__name__ == "ListObject":
        yield from ([] if {"object", "data", "has_more", "url"} == set(value) else [f"{path} is no list object"])
        for place, item in enumerate(value["data"]):
            yield from _wrong_in_class(_item_class(item), item, f"{path}.data[{place}]")
    elif known.__name__ != "UntypedStripeObject":
        yield from _wrong_in_class(known, value, path)


def _item_class(item: dict[str, Any]) -> type:
    return {"item": stripe.LineItem, "line_item": stripe.InvoiceLineItem}.get(item["object"]) or _class_of(item)


def _alternatives(kind: Any) -> list[Any]:
    if get_origin(kind) in (typing.Union, types.UnionType):
        return [one for part in get_args(kind) for one in _alternatives(part)]
    return [kind]


def _may_be_none(kind: Any) -> bool:
    return type(None) in _alternatives(kind)
