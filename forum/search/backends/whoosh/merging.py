"""When segments of the index are merged, and how many at a time."""

from itertools import chain
from typing import Any

from whoosh.reading import SegmentReader

# Segments of like size are merged when this many have come together, up to a size whose merging
# would hold the processor for too long; `flask reindex` makes few large ones again.
TIER, LARGEST_MERGE = 5, 8_000


def merge_tiers(writer: Any, segments: list[Any]) -> list[Any]:
    """Whoosh's merge policy, ours: like sizes together, nothing large while the forum is open."""
    tiers: dict[int, list[Any]] = {}
    for segment in segments:
        tiers.setdefault(_tier(segment.doc_count()), []).append(segment)
    merged: list[Any] = []
    for tier in sorted(tiers):
        size = sum(segment.doc_count() for segment in tiers[tier])
        if len(tiers[tier]) >= TIER and size <= LARGEST_MERGE:
            merged = tiers[tier]
            break
    empty = [segment for segment in segments if not segment.doc_count()]
    for segment in merged:
        if segment not in empty:
            _merge_in(writer, segment)
    return [segment for segment in segments if segment not in chain(merged, empty)]


def _merge_in(writer: Any, segment: Any) -> None:
    reader = SegmentReader(writer.storage, writer.schema, segment)
    writer.add_reader(reader)
    reader.close()


def _tier(count: int) -> int:
    tier = 0
    while count > TIER:
        count //= TIER
        tier += 1
    return tier
