"""What is to be brought in, before it is cooked."""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

LONGEST_KEY = 200


@dataclass(slots=True)
class Entry:
    """A post to be. `payload` is what the workers cook; `reply_to` is the key of another entry."""

    key: str
    created_at: datetime
    payload: Any
    place: str
    reply_to: str | None = None
    deleted: bool = False


@dataclass(slots=True)
class Thread:
    """A topic to be, or posts to come into one that exists (`topic_id`)."""

    key: str
    title: str
    category_id: int
    entries: list[Entry]
    topic_id: int | None = None
    kind: str = "discussion"
    lang: str | None = None
    tag_ids: tuple[int, ...] = ()
    deleted: bool = False
    attributes: dict[str, Any] = field(default_factory=dict)


def key_of(name: str) -> str:
    """A key that fits its column: a longer name keeps its beginning and a digest of the whole."""
    if len(name) <= LONGEST_KEY:
        return name
    return f"{name[:150]}#{hashlib.sha256(name.encode()).hexdigest()[:40]}"
