"""Stage 5: pages from templates. What is filled in is escaped, and what is not given is an error."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import jinja2


def template(path: Path, **filters: Callable[..., Any]) -> jinja2.Template:
    """Return a template; the filters can be used in it."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(path.parent),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= filters
    return environment.get_template(path.name)
