"""Write what the site's pages need and nobody writes by hand: `python site/make`, before `mkdocs build`."""

import subprocess
from pathlib import Path

import card
import hero
import pictures
import python
import reference

import exercises

SITE = Path(__file__).resolve().parent.parent

for room in (pictures, card, hero, exercises, python, reference):
    room.write(SITE)
subprocess.run(["node", "site/app/bundle.mjs"], cwd=SITE.parent, check=True)
