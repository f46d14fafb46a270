"""What platforms call the columns of their class lists, in each of their exports."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

COLUMNS = ("id", "name", "email", "section", "username")


@dataclass(frozen=True)
class Form:
    """Whose class list it is: by which columns it is known, and what it calls the parts of an entry."""

    name: str
    known_by: tuple[str, ...]  # all of these are there,
    columns: Mapping[str, tuple[str, ...]]  # each part of an entry by the headings that it may have, best first
    and_one_of: tuple[str, ...] = ()  # and one of these, where there are any


_FIRST = ("first name", "given name")
_LAST = ("last name", "surname", "family name")
KIT = Form("the kit's own", ("id",), {column: (column,) for column in COLUMNS})
CANVAS = Form(
    "Canvas's",
    ("student", "id"),
    {
        "id": ("sis user id",),
        "username": ("sis login id",),
        "account": ("id",),
        "name": ("student",),
        "email": ("email",),
        "section": ("section",),
    },
    ("sis user id", "sis login id", "section"),
)
BRIGHTSPACE = Form(
    "Brightspace's",
    ("orgdefinedid",),
    {
        "id": ("orgdefinedid",),
        "username": ("username",),
        "first": _FIRST,
        "last": _LAST,
        "email": ("email",),
        "section": ("section", "sections"),
    },
)
MOODLE = Form(
    "Moodle's",
    ("first name",),
    {
        "id": ("id number", "idnumber"),
        "username": ("username",),
        "name": ("full name",),
        "first": _FIRST,
        "last": _LAST,
        "email": ("email address", "email"),
        "section": ("groups", "group"),
    },
    ("id number", "idnumber", "email address", "username"),
)
BLACKBOARD = Form(
    "Blackboard's",
    ("username",),
    {
        "id": ("student id",),
        "username": ("username",),
        "first": _FIRST,
        "last": _LAST,
        "email": ("email", "email address"),
        "section": ("child course id",),
    },
    ("student id", "last access", "availability", "child course id"),
)
FORMS = (
    CANVAS,
    KIT,
    Form(
        "GitHub Classroom's",
        ("github_username",),
        {"id": ("identifier", "roster_identifier"), "username": ("github_username",), "name": ("name",)},
    ),
    BRIGHTSPACE,
    replace(BRIGHTSPACE, known_by=("end-of-line indicator", "username")),
    Form(
        "Gradescope's",
        ("email",),
        {
            "id": ("sid",),
            "name": ("name",),
            "first": _FIRST,
            "last": _LAST,
            "email": ("email",),
            "section": ("section", "sections"),
            "role": ("role",),
        },
        ("sid", "role"),
    ),
    BLACKBOARD,
    MOODLE,
    # What Moodle calls a grading worksheet; its identifier ends in the number that the download has.
    replace(MOODLE, known_by=("full name",), columns={**MOODLE.columns, "participant": ("identifier",)}),
)
