"""Writes the Python that pages run, `assets/python/`: Pyodide, NumPy, SymPy, pytest, and of the grader what is public.

Each wheel is compared with a sha256 before anything of it is used: those that Pyodide builds with the one in its own
lock file, those of PyPI with the one in `wheels.txt`. The page compares again (`manifest.json`). Modules are compiled
by the interpreter that will run them, because a page that had to compile SymPy would take seconds longer.
"""

import ast
import base64
import hashlib
import json
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable
from fnmatch import fnmatch
from pathlib import Path

HERE = Path(__file__).resolve().parent
CHECKOUT = HERE.parent.parent
PYODIDE = CHECKOUT / "node_modules" / "pyodide"
CACHE = CHECKOUT / "build" / "cache"
WHEELS = HERE / "wheels.txt"
TOOLS = (HERE / "bytecode.mjs", HERE / "bytecode.py", WHEELS, PYODIDE / "pyodide-lock.json")

CORE = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm")
LIBRARY = "python_stdlib"  # of the core too; npm carries its source, and compiling that takes half of a page's start
# Pyodide's own builds. npm carries its core alone, so they are taken, byte for byte, from a wheel that carries them.
BUILT = ("numpy", "contourpy", "sympy", "mpmath", "packaging")
CARRIER, INSIDE = "open-webui", "open_webui/frontend/pyodide/"
# Archives, and the distributions in each. One that holds shared libraries is unpacked, any other read where it lies.
ARCHIVES = {
    "numpy": ("numpy", "contourpy"),
    "sympy": ("sympy", "mpmath"),
    "pytest": ("pytest", "pluggy", "iniconfig", "packaging", "pygments", "msgpack"),
}
UNPACKED = ("numpy", "grader")
# What no exercise needs, by the path inside a wheel. SymPy's printers and `simplify` ask for some of its physics.
DROPPED = """
*.dist-info/* *.data/* */tests/* */benchmarks/* *.pyi *.pxd *.pyx *.a *.h conftest.py */conftest.py isympy.py
numpy/f2py/* numpy/_pyinstaller/* msgpack/*.so
sympy/stats/* sympy/crypto/* sympy/diffgeom/* sympy/liealgebras/* sympy/holonomic/* sympy/sandbox/*
sympy/parsing/autolev/* sympy/parsing/latex/* sympy/parsing/c/* sympy/parsing/fortran/*
sympy/physics/*/* pygments/lexers/* pygments/formatters/* pygments/styles/*
""".split()
KEPT = """
sympy/physics/units/*
pygments/lexers/__init__.py pygments/lexers/_mapping.py pygments/lexers/python.py pygments/lexers/diff.py
pygments/formatters/__init__.py pygments/formatters/_mapping.py pygments/formatters/terminal.py
pygments/styles/__init__.py pygments/styles/_mapping.py
""".split()
NEVER = re.compile(  # a wall that does not depend on what is imported
    r"grader\.(course\.(checks|misconceptions|sample)|diagnosis\.(replay|mistakes)|misconceptions|authoring|platforms)\b"
)
COURSES = [f"grader.course.{name}" for name in ("motions", "questions", "scenes", "handed")]  # asked for by their names
LICENCES = {"pyodide": "MPL-2.0, source at https://github.com/pyodide/pyodide", "python": "PSF-2.0"}
EPOCH = (1980, 1, 1, 0, 0, 0)  # the first date of a zip: the same content makes the same bytes


def write(site: Path) -> None:
    """Write `assets/python/` below the site's sources; what is compiled is made again only if it has changed."""
    out = site / "assets" / "python"
    grader = {path.relative_to(CHECKOUT).as_posix(): path.read_bytes() for path in _grader()}
    taken = repr((ARCHIVES, DROPPED, KEPT, LIBRARY)).encode()
    compiler = {tool.name: tool.read_bytes() for tool in TOOLS}
    others = _made("others", _fingerprint({"taken": taken, **compiler}), _make_others)
    own = _made("grader", _fingerprint({**grader, **compiler}), lambda folder: _make_grader(folder, grader))
    shutil.rmtree(out, ignore_errors=True)
    shutil.copytree(others, out)
    shutil.copyfile(own / "grader.zip", out / "grader.zip")
    parts = {name: (PYODIDE / name).read_bytes() for name in CORE}
    parts[f"{LIBRARY}.zip"] = (out / f"{LIBRARY}.zip").read_bytes()
    lock = json.loads((PYODIDE / "pyodide-lock.json").read_text())
    parts["pyodide-lock.json"] = json.dumps({**lock, "packages": {}}).encode()  # Pyodide itself fetches none
    core = out / f"core-{_fingerprint(parts)}"  # Pyodide asks for these by their plain names
    core.mkdir()
    for name, data in parts.items():
        (core / name).write_bytes(data)
    (out / f"{LIBRARY}.zip").unlink()
    archives = [_described(out / f"{name}.zip") for name in (*ARCHIVES, "grader")]
    size = sum(map(len, parts.values()))
    _write_json(out / "manifest.json", {"core": core.name, "core_bytes": size, "archives": archives})


def _made(name: str, fingerprint: str, make: Callable[[Path], None]) -> Path:
    """Return the folder that `make` has filled, now or in an earlier run with the same fingerprint."""
    made = CACHE / f"{name}-{fingerprint}"
    if not made.is_dir():
        CACHE.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=CACHE) as scratch:
            folder = Path(scratch, "made")
            folder.mkdir()
            make(folder)
            folder.rename(made)
    return made


def _make_others(out: Path) -> None:
    """Write the archives of others' modules, and the note on their origin."""
    wheels = _wheels()
    with tempfile.TemporaryDirectory() as source:
        for archive, names in ARCHIVES.items():
            for name in names:
                _unpack(wheels[name], Path(source, archive))
        with zipfile.ZipFile(PYODIDE / f"{LIBRARY}.zip") as library:
            library.extractall(Path(source, LIBRARY))
        _compile(Path(source), out)
    _write_provenance(out, wheels)


def _make_grader(out: Path, files: dict[str, bytes]) -> None:
    """Write the archive of the grader; checks and stubs stay as they are, for pytest reads them."""
    with tempfile.TemporaryDirectory() as source:
        for name, data in files.items():
            target = Path(
                source, "grader", re.sub("^exercises/", "grader/course/exercises/", name)
            )  # as when installed
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
        _compile(Path(source), out)


def _compile(source: Path, out: Path) -> None:
    """Write an archive of each folder in `source`, its modules compiled."""
    subprocess.run(["node", HERE / "bytecode.mjs", source], cwd=CHECKOUT, check=True)
    for folder in source.iterdir():
        with zipfile.ZipFile(out / f"{folder.name}.zip", "w") as archive:
            for path in sorted(folder.rglob("*")):
                compiled = path.suffix == ".py" and path.with_suffix(".pyc").is_file()
                if path.is_file() and not compiled:
                    entry = zipfile.ZipInfo(path.relative_to(folder).as_posix(), EPOCH)
                    archive.writestr(entry, path.read_bytes(), zipfile.ZIP_DEFLATED, 9)


def _wheels() -> dict[str, Path]:
    """Return the wheel of each distribution by its name, all of them compared with their sha256."""
    pinned = dict(re.findall(r"^([\w-]+)==\S+ --hash=sha256:(\w+)$", WHEELS.read_text(), re.MULTILINE))
    if pinned.keys() - _cached(pinned).keys():
        # A platform is named so that every machine is given the same files; of msgpack, only its Python is used.
        platform = "--only-binary=:all: --implementation=cp --python-version=3.11 --platform=manylinux2014_x86_64"
        command = [
            sys.executable,
            "-m",
            "pip",
            "download",
            "--quiet",
            "--no-deps",
            "--require-hashes",
            *platform.split(),
        ]
        subprocess.run([*command, f"--dest={CACHE}", f"--requirement={WHEELS}"], check=True)
    wheels = _cached(pinned)
    lock = json.loads((PYODIDE / "pyodide-lock.json").read_text())["packages"]
    with zipfile.ZipFile(wheels.pop(CARRIER)) as carrier:
        for name in BUILT:
            file, sha256 = lock[name]["file_name"], lock[name]["sha256"]
            data = carrier.read(INSIDE + file)
            if _sha256(data) != sha256:
                raise SystemExit(f"{file}: its sha256 is {_sha256(data)}; Pyodide's lock file expects {sha256}")
            wheels[name] = CACHE / file
            wheels[name].write_bytes(data)
    return wheels


def _cached(pinned: dict[str, str]) -> dict[str, Path]:
    hashes = {_sha256(path.read_bytes()): path for path in CACHE.glob("*.whl")}
    return {name: hashes[sha256] for name, sha256 in pinned.items() if sha256 in hashes}


def _unpack(wheel: Path, folder: Path) -> None:
    """Write what a page needs of a wheel."""
    with zipfile.ZipFile(wheel) as archive:
        for name in archive.namelist():
            dropped = any(fnmatch(name, pattern) for pattern in DROPPED)
            if name.endswith("/") or (dropped and not any(fnmatch(name, pattern) for pattern in KEPT)):
                continue
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(archive.read(name))


def _grader() -> list[Path]:
    """Return the files of the grader that a page asks: its modules, and what they read."""
    found: set[str] = set()
    exercises = sorted(CHECKOUT.glob("exercises/*/*.py"))
    todo = ["grader.practice.page", *COURSES, *[name for path in exercises for name in _imports(path)]]
    while todo:
        name = todo.pop()
        path = _module(name)
        if name in found or path is None:
            continue
        if NEVER.match(name):
            raise SystemExit(f"{name} is hidden from learners, and {path} would bring it into the page")
        found.add(name)
        todo.append(name.rpartition(".")[0])
        todo += _imports(path)
    modules = [path for name in found if (path := _module(name)) is not None]
    data = [CHECKOUT / "grader" / name for name in ("course/course.toml", "diagnosis/picture/palette.json")]
    return sorted([*modules, *data, *exercises])


def _imports(path: Path) -> list[str]:
    """Return what a module imports at its top; what its functions import is for the command line alone."""
    names = []
    for node in ast.parse(path.read_bytes()).body:
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names += [str(node.module), *[f"{node.module}.{alias.name}" for alias in node.names]]
    return names


def _module(name: str) -> Path | None:
    place = CHECKOUT.joinpath(*name.split(".")) if name.partition(".")[0] == "grader" else None
    files = (place / "__init__.py", place.with_suffix(".py")) if place is not None else ()
    return next((file for file in files if file.is_file()), None)


def _described(path: Path) -> dict[str, object]:
    digest = base64.b64encode(hashlib.sha256(path.read_bytes()).digest()).decode()
    return {
        "file": path.name,
        "address": f"{path.name}?{digest[:12].translate(str.maketrans('+/', '-_'))}",  # as in site/app/addresses.mjs
        "bytes": path.stat().st_size,
        "integrity": f"sha256-{digest}",
        "unpack": path.stem in UNPACKED,
    }


def _write_provenance(out: Path, wheels: dict[str, Path]) -> None:
    """Write what the archives are made of, and each part's own licence."""
    version = json.loads((PYODIDE / "package.json").read_text())["version"]
    lines = [
        "What runs in the pages of this course, besides its own code.",
        "",
        f"pyodide {version}: from npm, checked against package-lock.json. {LICENCES['pyodide']}",
        f"python, compiled by Pyodide: {LICENCES['python']}",
    ]
    for name, wheel in sorted(wheels.items()):
        origin = f"built by Pyodide {version}, checked against its lock file" if name in BUILT else "from PyPI"
        lines.append(f"{wheel.name}: {origin}. sha256 {_sha256(wheel.read_bytes())}")
        with zipfile.ZipFile(wheel) as archive:
            for member in archive.namelist():
                if re.search(r"\.dist-info/.*(licen[cs]e|copying|notice)", member, re.IGNORECASE) and member[-1] != "/":
                    part = re.sub(r".*\.dist-info/(licenses/)?", "", member).removesuffix(".txt").replace("/", "-")
                    target = out / "licences" / name / f"{part}.txt"
                    target.parent.mkdir(parents=True, exist_ok=True)
                    target.write_bytes(archive.read(member))
    lines += [
        "",
        "Their licences lie beside this file, in the folder `licences`.",
        "Modules were compiled, without columns; docstrings were emptied, but for Python's and NumPy's.",
    ]
    (out / "PROVENANCE.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _write_json(path: Path, data: object) -> None:
    path.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")


def _fingerprint(files: dict[str, bytes]) -> str:
    digests = "".join(f"{name} {_sha256(data)}\n" for name, data in sorted(files.items()))
    return _sha256(f"{digests}".encode())[:16]


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


if __name__ == "__main__":
    write(CHECKOUT / "site")
