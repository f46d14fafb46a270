"""Packages that a course adds to NumPy and SymPy: what is installed of them and of what they need, nothing beside it."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from grader.manifest.course import PACKAGE, CourseError, load_course

if TYPE_CHECKING:  # a learner's `check` waits for neither
    from importlib import metadata


@dataclass(frozen=True)
class Packages:
    """A course's packages, as they are installed here."""

    modules: tuple[str, ...] = ()  # those that `course.toml` names
    needed: tuple[str, ...] = ()  # those of the packages that these need
    paths: tuple[Path, ...] = ()  # their files and folders
    versions: tuple[str, ...] = ()  # `scipy==1.16.0`, of all of them


def installed(requirements: Iterable[str]) -> Packages:
    """Return the packages that `course.toml` names, with all that they need.

    Parameters
    ----------
    requirements
        As pip takes them: `scipy`, `pandas>=2`.

    Raises
    ------
    CourseError
        If one is not installed, not of the version that is asked for, was not installed from a wheel, or holds or
        lies in the course: a learner's code may read all of it.
    """
    requirements = tuple(requirements)
    if not requirements:  # as in most courses: then nothing is imported for it
        return Packages()
    found = _distributions(requirements)
    paths = {name: _paths(distribution) for name, distribution in found.items()}
    _refuse_shared(paths)
    named = {name for one in requirements for name in _modules(paths[_name(one)])}
    every = {name for one in paths.values() for name in _modules(one)}
    return Packages(
        tuple(sorted(named)),
        tuple(sorted(every - named)),
        tuple(sorted({path for one in paths.values() for path in one})),
        tuple(sorted(f"{name}=={distribution.version}" for name, distribution in found.items())),
    )


def versions(requirements: Iterable[str]) -> list[str]:
    """Return what is installed of these packages and of those that they need: `scipy==1.16.0`, sorted.

    Raises
    ------
    CourseError
        If one is not installed, or not of the version that is asked for.
    """
    return sorted(f"{name}=={found.version}" for name, found in _distributions(requirements).items())


def _distributions(requirements: Iterable[str]) -> "dict[str, metadata.Distribution]":
    from importlib import metadata

    from packaging.requirements import InvalidRequirement, Requirement

    found: dict[str, metadata.Distribution] = {}
    seen: set[tuple[str, str]] = set()
    waiting = [("course.toml", text) for text in requirements]
    while waiting:
        asks, text = waiting.pop()
        try:
            wanted = Requirement(text)
        except InvalidRequirement:
            raise CourseError(
                f"{asks}: {text!r} is no package; expected a name as pip takes it, such as scipy or pandas>=2"
            ) from None
        name = _name(text)
        try:
            distribution = found.setdefault(name, metadata.distribution(wanted.name))
        except metadata.PackageNotFoundError:
            raise CourseError(f"{asks}: the package {wanted.name} is not installed: pip install '{text}'") from None
        if not wanted.specifier.contains(distribution.version, prereleases=True):
            raise CourseError(f"{asks}: needs {text}, and {distribution.version} is installed: pip install '{text}'")
        for extra in {"", *wanted.extras}:
            if (name, extra) not in seen:
                seen.add((name, extra))
                needs = map(Requirement, distribution.requires or ())
                waiting += [
                    (f"{asks}: {wanted.name}", f"{need.name}{_extras(need.extras)}{need.specifier}")
                    for need in needs
                    if need.marker is None or need.marker.evaluate({"extra": extra})
                ]
    return found


def _name(requirement: str) -> str:
    from packaging.requirements import Requirement
    from packaging.utils import canonicalize_name

    return canonicalize_name(Requirement(requirement).name)


def _extras(extras: Iterable[str]) -> str:
    return f"[{','.join(sorted(extras))}]" if extras else ""


def _paths(distribution: "metadata.Distribution") -> tuple[Path, ...]:
    """Return a distribution's files and folders beside one another in `site-packages`, resolved."""
    import site
    import sysconfig

    name = distribution.metadata["Name"]
    home = Path(str(distribution.locate_file(""))).resolve()
    places = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib"), *site.getsitepackages()}
    places |= {site.getusersitepackages()} if site.ENABLE_USER_SITE else set()
    if home not in {Path(place).resolve() for place in places} or not distribution.read_text("WHEEL"):
        raise CourseError(f"course.toml: the package {name} was not installed from a wheel: pip install {name}")
    tops = {Path(str(file)).parts[0] for file in distribution.files or ()} - {"..", "__pycache__"}
    paths = tuple(path for top in sorted(tops) if (path := (home / top).resolve()).exists())
    if '"editable": true' in (distribution.read_text("direct_url.json") or "") or not _modules(paths):
        raise CourseError(f"course.toml: the package {name} lies elsewhere, as editable ones do: pip install {name}")
    for own in (PACKAGE, *load_course().places.all):
        for path in paths:
            if path.is_relative_to(own) or own.is_relative_to(path):
                raise CourseError(f"course.toml: the package {name} holds what learners may not read: {own}")
    return paths


def _refuse_shared(paths: dict[str, tuple[Path, ...]]) -> None:
    """Raise if a folder holds modules of a distribution that is not asked for too."""
    from importlib import metadata

    from packaging.utils import canonicalize_name

    owners = metadata.packages_distributions()
    for name, tops in paths.items():
        for path in tops:
            others = {canonicalize_name(owner) for owner in owners.get(path.name, ())} - paths.keys()
            if others:
                raise CourseError(
                    f"course.toml: the package {name} shares its folder {path.name} with {', '.join(sorted(others))}, "
                    "which learners could read too: name that as well, or leave both out"
                )


def _modules(paths: Iterable[Path]) -> list[str]:
    """Return what can be imported of these files and folders."""
    names = (path.name.partition(".")[0] for path in paths if not path.name.endswith((".dist-info", ".libs", ".pth")))
    return [name for name in names if name.isidentifier()]
