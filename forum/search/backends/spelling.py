"""Words written much like another: what someone may have meant."""

from collections.abc import Iterable, Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA

SHORTEST, LONGEST = 4, 24
# One slip in a short word, two in a long one.
LONG_WORD = 8
LOOKED_AT = 12


def worth_offering(words: Iterable[str]) -> list[str]:
    """Those words that are words: no numbers, codes, or letters lost in the text."""
    return [word for word in words if SHORTEST <= len(word) <= LONGEST and word.isalpha()]


def nearest(word: str, parts: Iterable[Sequence[str]]) -> list[str]:
    """The words most like this one, the likest first; people seldom mistake the first letter."""
    if not (SHORTEST <= len(word) <= LONGEST) or not word.isalpha():
        return []
    most = 2 if len(word) >= LONG_WORD else 1
    found: dict[str, tuple[float, bool]] = {}
    for words in parts:
        for near, distance, _place in process.extract(
            word, words, scorer=OSA.distance, score_cutoff=most, limit=LOOKED_AT
        ):
            if near != word:
                found[near] = (distance, near[0] != word[0])
    return sorted(found, key=lambda near: (*found[near], near))[:LOOKED_AT]
