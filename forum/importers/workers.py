"""Several processes that cook, each batch in one of them, taken back in order."""

import multiprocessing
import os
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from typing import Any

from forum.config import Config, activate, config
from forum.core.i18n import current_locale, set_locale

MOST = 2
# Enough to keep everyone busy, few enough to hold little in memory.
_AHEAD = 3

Function = Callable[[Any, Any], Any]


def in_order(
    function: Function, settings: Any, work: Iterable[tuple[Any, Any]], *, parallel: bool
) -> Iterator[tuple[Any, Any]]:
    """`(label, function(settings, payload))` for each `(label, payload)` of the work."""
    if not parallel or (os.cpu_count() or 1) < 2:
        for label, payload in work:
            yield label, function(settings, payload)
        return
    # Spawned, not forked: the process that imports has threads and database connections.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(
        MOST, mp_context=context, initializer=_begin, initargs=(config(), current_locale())
    ) as pool:
        waiting: deque[tuple[Any, Future[Any]]] = deque()
        for label, payload in work:
            waiting.append((label, pool.submit(function, settings, payload)))
            if len(waiting) > _AHEAD:
                done, result = waiting.popleft()
                yield done, result.result()
        while waiting:
            done, result = waiting.popleft()
            yield done, result.result()


def _begin(chosen: Config, locale: str) -> None:
    activate(chosen)
    set_locale(locale)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """A worker whose parent was killed would wait for work for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
