"""Reports and pages as their readers meet them: every text, and whatever in a page would be more than text."""

import html.parser
from collections.abc import Iterator
from typing import Any

PAYLOAD = "attack_payload"  # what attacks that write markup put into it


def texts(data: Any) -> Iterator[str]:
    """Yield every string in a report."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict | list):
        for item in data.values() if isinstance(data, dict) else data:
            yield from texts(item)


# A picture is drawn by the grader; what could act or fetch inside one is no part of it.
LIVE = {"script", "iframe", "object", "embed", "foreignobject", "use", "animate", "set"}


def is_live(attribute: tuple[str, str | None]) -> bool:
    """Tell whether an attribute runs something, or lets a picture fetch something."""
    name, value = attribute
    fetches = name in ("src", "href", "xlink:href") and not str(value).startswith("data:image/png;base64,")
    return name.startswith("on") or fetches


class Reader(html.parser.HTMLParser):
    """Reads a page as a browser would, and collects the attacks' payload where it would be more than text."""

    def __init__(self) -> None:
        super().__init__()
        self.live: list[str | None] = []
        self._tag = ""

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self._tag = tag
        if tag in LIVE or PAYLOAD in str(attributes) or any(map(is_live, attributes)):
            self.live.append(self.get_starttag_text())

    def handle_comment(self, data: str) -> None:
        self.live += [data] if PAYLOAD in data else []

    def handle_data(self, data: str) -> None:
        self.live += [data] if self._tag == "style" and PAYLOAD in data else []
