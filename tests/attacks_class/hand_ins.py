"""Hand-ins whose names or files are hostile, though their code is not."""

import json
import os
import unicodedata
import zipfile
from io import BytesIO
from pathlib import Path

EXERCISE = "update_rule"
FILE = f"{EXERCISE}.py"
HONEST = "honest"
# Names of folders with a right solution in them: each is a learner like any other.
NAMES = (
    HONEST.encode(),
    b"a new\nline",
    b"=cmd|' ''C calc'!A0",
    b"+1+1",
    b"@SUM(1)",
    b"<img src=x onerror=attack_payload()>",
    b"[bold red]attack_payload[-]",
    b"\x1b]0;attack_payload\x07",
    b"\xff\xfe no text",
    unicodedata.normalize("NFC", "René").encode(),
    unicodedata.normalize("NFD", "René").encode(),
    b"Twin",
    b"twin",
    b"CON",
    b"--out",
    "turned \u202e round".encode(),
    b"x" * 250,
    b"'; DROP TABLE grade; --",
)
ZIPS = (b".zip", b"...zip", b"....zip", b"=1+1.zip")  # with a right solution in them too


def hand_in(folder: Path, solution: bytes) -> int:
    """Fill a class folder; return how many of its learners handed in something right."""
    for raw in NAMES:
        _write(folder / os.fsdecode(raw), solution)
    for raw in ZIPS:
        (folder / os.fsdecode(raw)).write_bytes(_zip({FILE: solution}))
    honest = folder / HONEST / FILE
    for learner in ("linked-file", "linked-folder", "waits"):
        (folder / learner).mkdir()
    (folder / "linked-file" / FILE).symlink_to(honest)
    (folder / "linked-folder" / f"02_{EXERCISE}").symlink_to(honest.parent)
    (folder / "linked").symlink_to(honest.parent)
    os.mkfifo(folder / "waits" / FILE)
    for name, data in _broken(solution).items():
        (folder / f"{name}.zip").write_bytes(data)
    for name, data in _unreadable().items():
        _write(folder / name, data, ".ipynb" if data.startswith(b"{") else ".py")
    return len(NAMES) + len(ZIPS)


def _write(folder: Path, data: bytes, suffix: str = ".py") -> None:
    folder.mkdir()
    (folder / f"{EXERCISE}{suffix}").write_bytes(data)


def _zip(files: dict[str, bytes]) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def _broken(solution: bytes) -> dict[str, bytes]:
    whole = _zip({FILE: solution})
    size = len(solution).to_bytes(4, "little")
    directory = whole.rindex(b"PK\x01\x02")
    twice = whole[:-22] + whole[directory:-22].replace(FILE.encode(), b"solution00.py")
    return {
        "lies-about-its-size": whole.replace(size, (10).to_bytes(4, "little")),
        "overlaps": twice
        + b"PK\x05\x06\0\0\0\0\2\0\2\0"
        + (2 * (len(whole) - 22 - directory)).to_bytes(4, "little")
        + directory.to_bytes(4, "little")
        + b"\0\0",
        "leads-out": _zip({f"../{HONEST}/{FILE}": b"", f"/tmp/{FILE}": b"", f"C:\\{FILE}": b""}),
        "is-cut-off": whole[: len(whole) // 2],
        "is-a-bomb": _zip({FILE: b" " * 2**28}),
    }


def _unreadable() -> dict[str, bytes]:
    def notebook(source: str) -> bytes:
        cell = '{"cell_type": "code", "metadata": {}, "outputs": [], "source": %s}'
        return (
            '{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [' + cell + "]}"
        ).encode() % source.encode()

    return {
        "nests-its-json": b'{"cells": ' + b"[" * 100_000,
        "nests-its-json-and-closes-it": notebook("[" * 5_000 + "]" * 5_000),
        "counts-to-six-thousand-digits": notebook("9" * 6_000),
        "nests-its-syntax": b"x = " + b"(" * 50_000 + b")" * 50_000,
        "nests-its-operators": b"x = " + b"-" * 100_000 + b"1",
        "nests-its-attributes": b"x = y" + b".z" * 50_000,
        "is-no-utf-8": b"x = '\xff\xfe'\n",
        "holds-zeros": b"x = 1\0\n",
        "has-a-coding-of-its-own": b"# -*- coding: utf-7 -*-\nx = 1\n",
        "is-empty": b"",
        "hides-in-json": json.dumps({"cells": {"source": 1}, "nbformat": "four"}).encode(),
    }
