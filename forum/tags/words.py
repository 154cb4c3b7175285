"""How the word of a tag is written: small letters, hyphens, accents kept."""

import re
import unicodedata

from forum.core.text import fold

LONGEST = 40

_BETWEEN = re.compile(r"[^\w.+]+")


def normalise(typed: str) -> str:
    """The word as a tag is named: « Chaîne du froid » gives `chaîne-du-froid`; maybe empty."""
    word = unicodedata.normalize("NFC", typed).lower()
    return _BETWEEN.sub("-", word).strip("-._")


def folded(typed: str) -> str:
    """The word as it is compared: without accents, and with spaces for hyphens."""
    return fold(normalise(typed)).replace("-", " ")
