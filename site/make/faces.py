"""Give Matplotlib the face in which the pages' text is set, so that pictures are of one piece with it.

npm brings it as a web font with a range of weights; Matplotlib wants a plain file of one. Without npm's packages there is
none, and pictures have Matplotlib's own.
"""

from pathlib import Path

from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont
from matplotlib import font_manager

CHECKOUT = Path(__file__).resolve().parents[2]
WEB = CHECKOUT / "node_modules/@fontsource-variable/source-sans-3/files/source-sans-3-latin-wght-normal.woff2"
PLAIN = CHECKOUT / "build" / "letters" / "text.ttf"
WEIGHT = 400


def names() -> list[str]:
    """Return the names by which Matplotlib knows the face: one, or none."""
    if not WEB.is_file():
        return []
    if not PLAIN.is_file() or PLAIN.stat().st_mtime < WEB.stat().st_mtime:
        PLAIN.parent.mkdir(parents=True, exist_ok=True)
        face = instantiateVariableFont(TTFont(WEB), {"wght": WEIGHT}, updateFontNames=False)
        face.flavor = None
        face.save(PLAIN)
    font_manager.fontManager.addfont(PLAIN)
    return [font_manager.FontProperties(fname=PLAIN).get_name()]
