"""The colours of everything that is shown: `palette.json`, which the site's pages and pictures are made of too.

Each scheme, light and dark, has colours by what they are for: `paper` and `ink` of a page, `quiet` words, the `line` between
two parts, and so on. `runs` are the colours of walks, in their order. What `both` holds stands out in either scheme.
"""

import json
from pathlib import Path
from typing import Any

PALETTE: dict[str, dict[str, Any]] = json.loads(Path(__file__).with_suffix(".json").read_text(encoding="utf-8"))


def style() -> str:
    """Return the colours as CSS for a page that stands alone: custom properties by their names, on screen and on paper."""
    light, dark = (_declared(PALETTE[scheme]) for scheme in ("light", "dark"))
    return f"""\
:root {{ color-scheme: light dark; {light} }}
@media screen and (prefers-color-scheme: dark) {{
  :root {{ {dark} }}
}}
@media print {{
  :root {{ color-scheme: light; }}
}}"""


def _declared(scheme: dict[str, Any]) -> str:
    return " ".join(f"--{name}: {colour};" for name, colour in scheme.items() if isinstance(colour, str))
