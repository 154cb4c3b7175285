"""Lists of words, kept in memory as long as there is room; the longest unused make it."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable

from forum.search.backends.lists import List


class Kept:
    """At most so many entries in all lists together."""

    def __init__(self, most: int) -> None:
        self._most, self._held = most, 0
        self._lists: OrderedDict[Hashable, List] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable, read: Callable[[], List]) -> List:
        """A list, read when it is not here."""
        with self._lock:
            if key in self._lists:
                self._lists.move_to_end(key)
                return self._lists[key]
        found = read()
        with self._lock:
            if key not in self._lists:
                self._lists[key] = found
                self._held += _size(found)
                while self._held > self._most:
                    _key, oldest = self._lists.popitem(last=False)
                    self._held -= _size(oldest)
        return found


def _size(one: List) -> int:
    return 1 + len(one[0])
