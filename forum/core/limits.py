"""How often an actor may do a thing, counted in memory or in Valkey."""

import math
import time
from dataclasses import dataclass

from limits import RateLimitItem, parse_many
from limits.storage import MemoryStorage, Storage, storage_from_string
from limits.strategies import MovingWindowRateLimiter

from forum.config import config
from forum.core.errors import TooMany
from forum.core.i18n import ngettext

_limiters: dict[str, MovingWindowRateLimiter] = {}


@dataclass(frozen=True)
class Limit:
    """A rule such as `1 per 5 second; 20 per day`, counted apart for each actor."""

    name: str
    rule: str

    @property
    def items(self) -> list[RateLimitItem]:
        """The windows of the rule, as the limits library counts them."""
        return parse_many(self.rule)

    def spend(self, *actor: object) -> None:
        """Count one act, or raise `TooMany` with the seconds to wait."""
        if not config().limits:
            return
        limiter = _limiter()
        who = (self.name, *map(str, actor))
        # Asked before anything is counted, so that a refusal by one window costs nothing in another;
        # counting has the last word, since others may have counted in between.
        for count in (limiter.test, limiter.hit):
            for item in self.items:
                if not count(item, *who):
                    reset_at = limiter.get_window_stats(item, *who).reset_time
                    refuse(max(1, math.ceil(reset_at - time.time())))


def refuse(wait_seconds: int) -> None:
    """Say how long to wait, in words."""
    if wait_seconds < 120:
        message = ngettext(
            "That was quick. Please wait %(count)s second, then try again.",
            "That was quick. Please wait %(count)s seconds, then try again.",
            wait_seconds,
        )
    else:
        message = ngettext(
            "The limit is reached. Please try again in %(count)s minute.",
            "The limit is reached. Please try again in %(count)s minutes.",
            math.ceil(wait_seconds / 60),
        )
    raise TooMany(message, wait_seconds)


def forget_all() -> None:
    """Start counting anew, as each test does."""
    _limiters.clear()


def _limiter() -> MovingWindowRateLimiter:
    url = config().valkey_url
    if url not in _limiters:
        storage: Storage = storage_from_string(url) if url else MemoryStorage()  # type: ignore[assignment]
        _limiters[url] = MovingWindowRateLimiter(storage)
    return _limiters[url]
