"""When segments of the index are merged, and how many at a time."""

from collections.abc import Sequence
from itertools import chain
from typing import Any

from whoosh.reading import SegmentReader

# Segments of like size are merged when this many have come together; `flask reindex` makes few
# large ones of all.
TIER = 5


def apart(_writer: Any, segments: list[Any]) -> list[Any]:
    """Leave them as they are, for who writes has people waiting; but drop those that are empty."""
    return [segment for segment in segments if segment.doc_count()]


def due(sizes: Sequence[int], most: int) -> bool:
    """Whether segments of these sizes should be merged, with so many documents at the most."""
    return bool(_due(sizes, most))


def together(writer: Any, segments: list[Any], *, most: int) -> list[Any]:
    """Merge the smallest of like size that are due; gives the segments that stay."""
    due = _due([segment.doc_count() for segment in segments], most)
    merged = [segments[place] for place in due]
    empty = [segment for segment in segments if not segment.doc_count()]
    for segment in merged:
        reader = SegmentReader(writer.storage, writer.schema, segment)
        writer.add_reader(reader)
        reader.close()
    return [segment for segment in segments if segment not in chain(merged, empty)]


def _due(sizes: Sequence[int], most: int) -> list[int]:
    tiers: dict[int, list[int]] = {}
    for place, size in enumerate(sizes):
        if size:
            tiers.setdefault(_tier(size), []).append(place)
    for tier in sorted(tiers):
        if len(tiers[tier]) >= TIER and sum(sizes[place] for place in tiers[tier]) <= most:
            return tiers[tier]
    return []


def _tier(count: int) -> int:
    tier = 0
    while count > TIER:
        count //= TIER
        tier += 1
    return tier
