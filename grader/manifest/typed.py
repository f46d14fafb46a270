"""Dataclasses from files: each value is of the type that its field says, whoever wrote the file."""

import datetime
import sys
from dataclasses import MISSING, fields
from types import UnionType
from typing import Any, TypeVar, get_args, get_origin

T = TypeVar("T")


def typed(kind: type[T], data: dict[str, Any]) -> T:
    """Return a dataclass made of `data`, as JSON and TOML give it.

    Raises
    ------
    TypeError
        If a value is missing, unknown, of another type than its field says, or no finite number.
    """
    needed = [one.name for one in fields(kind) if one.default is MISSING and one.default_factory is MISSING]  # type: ignore[arg-type]  # a dataclass
    for name in needed:
        if name not in data:
            raise TypeError(f"{name} is missing")
    made = kind(**data)
    for one in fields(kind):  # type: ignore[arg-type]  # the same
        if not _is(value := getattr(made, one.name), one.type):
            raise TypeError(f"{one.name} is {repr(value)[:80]}; expected {_named(one.type)}")
    return made


def _named(wanted: Any) -> str:
    if isinstance(wanted, UnionType):
        return " or ".join(_named(one) for one in get_args(wanted) if one is not type(None))
    return {datetime.date: "a date", datetime.datetime: "a time"}.get(wanted, getattr(wanted, "__name__", str(wanted)))


def _is(value: Any, wanted: Any) -> bool:
    if isinstance(wanted, UnionType):
        return any(_is(value, one) for one in get_args(wanted))
    if get_origin(wanted) is tuple:
        return type(value) is tuple and all(_is(item, get_args(wanted)[0]) for item in value)
    if wanted is float:  # for which a whole number may be written; nan is not below anything
        return type(value) in (int, float) and abs(value) <= sys.float_info.max
    return type(value) is wanted
