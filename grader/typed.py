"""Dataclasses from files: each value is of the type that its field says, whoever wrote the file."""

import sys
from dataclasses import fields
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
    made = kind(**data)
    for one in fields(kind):  # type: ignore[arg-type]  # a dataclass
        if not _is(value := getattr(made, one.name), one.type):
            wanted = getattr(one.type, "__name__", one.type)
            raise TypeError(f"{one.name} is {repr(value)[:80]}; expected {wanted}")
    return made


def _is(value: Any, wanted: Any) -> bool:
    if isinstance(wanted, UnionType):
        return any(_is(value, one) for one in get_args(wanted))
    if get_origin(wanted) is tuple:
        return type(value) is tuple and all(_is(item, get_args(wanted)[0]) for item in value)
    if wanted is float:  # for which a whole number may be written; nan is not below anything
        return type(value) in (int, float) and abs(value) <= sys.float_info.max
    return type(value) is wanted
