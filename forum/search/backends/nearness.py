"""Whether words stand near each other, whichever comes first."""

from collections.abc import Sequence
from heapq import merge


def within(places: Sequence[Sequence[int]], stretch: int) -> bool:
    """Whether one place of each word lies in a stretch of so many words; places are in order."""
    marked = [[(place, word) for place in some] for word, some in enumerate(places)]
    last: dict[int, int] = {}
    for place, word in merge(*marked):
        last[word] = place
        if len(last) == len(places) and place - min(last.values()) < stretch:
            return True
    return False
