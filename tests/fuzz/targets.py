"""All targets."""

from tests.fuzz.forgeries import FORGERIES
from tests.fuzz.hand_ins import FOLDERS, NOTEBOOKS, SCRIPTS, ZIPS
from tests.fuzz.programs import PROGRAMS
from tests.fuzz.records import JOURNALS, MANIFESTS, REPORTS, ROSTERS, SOLUTIONS
from tests.fuzz.wire import FORMULAS, FRAMES, VALUES

WIRE = (FRAMES, VALUES, FORMULAS, FORGERIES)
FILES = (ZIPS, FOLDERS, NOTEBOOKS, SCRIPTS, ROSTERS, MANIFESTS, REPORTS, JOURNALS, SOLUTIONS)
TARGETS = (*WIRE, *FILES, PROGRAMS)
