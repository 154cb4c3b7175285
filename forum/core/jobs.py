"""Background and recurring work: one small face over huey.

`mail_reset.later(user_id=7)` runs within a second or two of the commit. Jobs take ids and are safe
to run twice. They live in a SQLite file of the instance, or in Valkey when it is configured.
"""

import logging
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from huey import Huey, RedisHuey, SqliteHuey, crontab
from huey.consumer import Consumer

from forum.config import config
from forum.core.database import after_commit, before_commit, inside_transaction

log = logging.getLogger(__name__)

DELAY_SECONDS = 1
RETRIES = 5
RETRY_DELAY_SECONDS = 30

_functions: dict[str, Callable[..., None]] = {}
_periods: list[tuple[str, int]] = []
_context: Callable[[], AbstractContextManager[Any]] = nullcontext
_queue: Huey | None = None
_inline = False


class Job:
    """A function that can also run later, in a worker."""

    def __init__(self, function: Callable[..., None]) -> None:
        self.function = function
        self.name = f"{function.__module__}.{function.__qualname__}"
        self.__doc__ = function.__doc__
        _functions[self.name] = function

    def __call__(self, **ids: Any) -> None:
        self.function(**ids)

    def later(self, **ids: Any) -> None:
        """Run in a worker, soon after the open unit of work is kept."""
        if _inline and inside_transaction():
            after_commit(lambda: self.function(**ids))
        elif _inline:
            self.function(**ids)
        elif inside_transaction():
            # Queued before the commit, so that a crash right after it loses no job; the delay
            # lets the commit come first. If the commit fails the job finds nothing to do.
            before_commit(lambda: _enqueue(self.name, ids))
        else:
            _enqueue(self.name, ids)


def job(function: Callable[..., None]) -> Job:
    """Let a function run in a worker: it takes ids and calls the service."""
    return Job(function)


def every(*, minutes: int) -> Callable[[Callable[[], None]], Job]:
    """Let a function run by itself, every so many minutes (1 to 59, or whole hours)."""

    def register(function: Callable[[], None]) -> Job:
        made = Job(function)
        _periods.append((made.name, minutes))
        return made

    return register


def aside(act: Callable[[], None]) -> None:
    """Do something at once in a thread of this process, for what is in its memory only."""

    def run() -> None:
        with _context():
            act()

    if _inline:
        act()
    else:
        threading.Thread(target=run, name="aside", daemon=True).start()


def configure(*, context: Callable[[], AbstractContextManager[Any]], inline: bool = False) -> None:
    """Say in which context jobs run, and whether at once, as tests want it."""
    global _context, _queue, _inline
    _context, _queue, _inline = context, None, inline


def waiting() -> int:
    """How many jobs wait or are planned."""
    queue = _huey()
    return int(queue.pending_count() + queue.scheduled_count())


def work(*, stop: threading.Event | None = None) -> None:
    """Run jobs until told to stop; without `stop`, until the process is interrupted."""
    if stop is None:
        Consumer(_huey(), workers=2, periodic=True, check_worker_health=True).run()
        return
    consumer = _ThreadConsumer(_huey(), workers=1, periodic=True, initial_delay=0.2, max_delay=2)
    consumer.start()
    stop.wait()
    consumer.stop(graceful=True)


class _ThreadConsumer(Consumer):
    """A consumer inside the web process, which leaves the signals to the server."""

    def _set_signal_handlers(self) -> None:
        return


def _enqueue(name: str, ids: dict[str, Any]) -> None:
    _huey()._run.schedule((name, ids), delay=DELAY_SECONDS)


def _huey() -> Huey:
    global _queue
    if _queue is None:
        _queue = _open()
    return _queue


def _open() -> Huey:
    if config().valkey_url:
        queue: Huey = RedisHuey("forum", url=config().valkey_url, results=False)
    else:
        config().instance.mkdir(parents=True, exist_ok=True)
        queue = SqliteHuey(
            "forum", filename=str(config().instance / "jobs.db"), fsync=True, results=False
        )

    @queue.task(retries=RETRIES, retry_delay=RETRY_DELAY_SECONDS, name="run")
    def run(name: str, ids: dict[str, Any]) -> None:
        _run(name, ids)

    for name, minutes in _periods:
        _repeat(queue, name, minutes)
    queue._run = run
    return queue


def _repeat(queue: Huey, name: str, minutes: int) -> None:
    times = (
        crontab(minute=f"*/{minutes}")
        if minutes < 60
        else crontab(minute="0", hour=f"*/{minutes // 60}")
    )

    @queue.periodic_task(times, name=f"every.{name}")
    def run_again() -> None:
        _run(name, {})


def _run(name: str, ids: dict[str, Any]) -> None:
    with _context():
        _functions[name](**ids)
