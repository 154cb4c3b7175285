"""The names of rooms, and who may join which: the same rules as for the pages."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from forum.categories.policies import Viewer
from forum.realtime import queries

_NAME = re.compile(r"(topic|category|user):([1-9][0-9]{0,8})", re.ASCII)


class Room(NamedTuple):
    """What a room is about."""

    kind: str
    id: int


def of_topic(topic_id: int) -> str:
    return f"topic:{topic_id}"


def of_category(category_id: int) -> str:
    return f"category:{category_id}"


def of_user(user_id: int) -> str:
    return f"user:{user_id}"


def read(name: object) -> Room | None:
    """The room that a name means; nothing for anything else."""
    found = _NAME.fullmatch(name) if isinstance(name, str) else None
    return Room(found[1], int(found[2])) if found else None


def may_join(viewer: Viewer, name: str) -> bool:
    return name in joinable(viewer, [name])


def joinable(viewer: Viewer, names: Iterable[str]) -> set[str]:
    """Those of the rooms that the viewer may join, in one statement."""
    places = {name: place for name in names if (place := read(name))}
    topics = {place.id for place in places.values() if place.kind == "topic"}
    seen = queries.visible_topic_ids(viewer, topics) if topics else set()
    open_ids = {
        "topic": seen,
        "category": viewer.visible_category_ids,
        "user": set() if viewer.id is None else {viewer.id},
    }
    return {name for name, place in places.items() if place.id in open_ids[place.kind]}
