"""Stage 5: pages from templates. What is filled in is escaped, and what is not given is an error."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

__all__ = ["Template", "template"]


def template(path: Path, **filters: Callable[..., Any]) -> Template:
    """Return a template; the filters can be used in it."""
    environment = Environment(
        loader=FileSystemLoader(path.parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= filters
    return environment.get_template(path.name)
