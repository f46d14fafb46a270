"""Dataclasses from files: each value is of the type that its field says, whoever wrote the file."""

import datetime
import sys
from dataclasses import MISSING, fields
from functools import cache
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
    needed, wanted = _form(kind)  # type: ignore[arg-type]  # a class can be hashed
    for name in needed:
        if name not in data:
            raise TypeError(f"{name} is missing")
    made = kind(**data)
    for name, one in wanted:
        if not _is(value := getattr(made, name), one):
            raise TypeError(f"{name} is {repr(value)[:80]}; expected {_named(one)}")
    return made


@cache  # a class's reports have millions of fields
def _form(kind: Any) -> tuple[tuple[str, ...], tuple[tuple[str, Any], ...]]:
    """Return the names that a dataclass cannot do without, and the type of each field."""
    all_fields = fields(kind)
    needed = (one.name for one in all_fields if one.default is MISSING and one.default_factory is MISSING)
    return tuple(needed), tuple((one.name, one.type) for one in all_fields)


def _named(wanted: Any) -> str:
    if isinstance(wanted, UnionType):
        return " or ".join(_named(one) for one in get_args(wanted) if one is not type(None))
    return {datetime.date: "a date", datetime.datetime: "a time"}.get(wanted, getattr(wanted, "__name__", str(wanted)))


def _is(value: Any, wanted: Any) -> bool:
    if type(value) is wanted and wanted is not float:
        return True
    if wanted is float:  # for which a whole number may be written; nan is not below anything
        return type(value) in (int, float) and abs(value) <= sys.float_info.max
    if isinstance(wanted, UnionType):
        return any(_is(value, one) for one in get_args(wanted))
    if get_origin(wanted) is tuple:
        return type(value) is tuple and all(_is(item, get_args(wanted)[0]) for item in value)
    return False
