"""Which message belongs to which conversation, from what the messages say of each other."""

import heapq
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

SAME_SUBJECT_DAYS = 30
_REPLY_MARK = re.compile(
    r"^\s*(?:(?:re|aw|sv|antw|r[ée]f|r[ée]p|fwd?|tr)(?:\s*[\[(^]\d{1,3}[\])]?)?\s*:\s*)+",
    re.IGNORECASE,
)
_REPLY = re.compile(r"^\s*(?:re|aw|sv|antw|r[ée]p)(?:\s*[\[(^]\d{1,3}[\])]?)?\s*:", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Envelope:
    """What threading must know of a message. `references` are ids, the answered one last."""

    id: str
    references: tuple[str, ...]
    subject: str
    sent_at: datetime


class Place(NamedTuple):
    """A message in its thread: where it stands in the file, and where the one it answers does."""

    at: int
    parent: int | None


@dataclass
class MailThread:
    """Messages in the order to read them; `ids` are all that name the thread, absent ones too."""

    root_id: str
    places: list[Place]
    ids: list[str]


def bare_subject(subject: str) -> str:
    """The subject without `Re:` and the like, as two messages on one thing share it."""
    return " ".join(_REPLY_MARK.sub("", subject).split()).casefold()


def without_reply_mark(subject: str) -> str:
    """The subject as a title."""
    return " ".join(_REPLY_MARK.sub("", subject).split())


def thread(envelopes: Sequence[Envelope]) -> list[MailThread]:
    """The conversations, oldest first.

    Messages that name a common ancestor belong together even where it is lost. A reply that names
    nobody joins the last message with its subject, if that is at most 30 days old.
    """
    families = _Families()
    for envelope in envelopes:
        families.add(envelope.id)
        for reference in envelope.references:
            families.join(envelope.id, reference)
    _join_by_subject(envelopes, families)
    members: dict[str, list[int]] = defaultdict(list)
    for index, envelope in enumerate(envelopes):
        members[families.head(envelope.id)].append(index)
    ids: dict[str, list[str]] = defaultdict(list)
    for message_id in families.everyone:
        ids[families.head(message_id)].append(message_id)
    threads = [_ordered(envelopes, indexes, ids[head]) for head, indexes in members.items()]
    return sorted(threads, key=lambda t: (envelopes[t.places[0].at].sent_at, t.places[0].at))


class _Families:
    """Disjoint sets of message ids."""

    def __init__(self) -> None:
        self._above: dict[str, str] = {}

    @property
    def everyone(self) -> list[str]:
        return list(self._above)

    def add(self, message_id: str) -> None:
        self._above.setdefault(message_id, message_id)

    def head(self, message_id: str) -> str:
        while (above := self._above[message_id]) != message_id:
            self._above[message_id] = self._above[above]
            message_id = above
        return message_id

    def join(self, one: str, other: str) -> None:
        self.add(one)
        self.add(other)
        self._above[self.head(one)] = self.head(other)


def _join_by_subject(envelopes: Sequence[Envelope], families: _Families) -> None:
    latest: dict[str, Envelope] = {}
    for envelope in sorted(envelopes, key=lambda e: e.sent_at):
        subject = bare_subject(envelope.subject)
        if not subject:
            continue
        before = latest.get(subject)
        orphan = not envelope.references and _REPLY.match(envelope.subject)
        if orphan and before and envelope.sent_at - before.sent_at <= timedelta(SAME_SUBJECT_DAYS):
            families.join(envelope.id, before.id)
        latest[subject] = envelope


def _ordered(envelopes: Sequence[Envelope], indexes: list[int], ids: list[str]) -> MailThread:
    """By date, but never an answer before what it answers; a circle is opened at its oldest."""
    index_of = {envelopes[index].id: index for index in reversed(indexes)}
    parents = {index: _parent(envelopes[index], index, index_of) for index in indexes}
    answers: dict[int, list[int]] = defaultdict(list)
    for index, parent in parents.items():
        if parent is not None:
            answers[parent].append(index)
    by_date = sorted(indexes, key=lambda index: (envelopes[index].sent_at, index))
    ready = [(envelopes[i].sent_at, i) for i in by_date if parents[i] is None]
    places: list[Place] = []
    placed: set[int] = set()
    left = iter(by_date)
    while len(places) < len(indexes):
        if not ready:
            index = next(index for index in left if index not in placed)
            parents[index] = None
            ready.append((envelopes[index].sent_at, index))
        _, index = heapq.heappop(ready)
        places.append(Place(index, parents[index]))
        placed.add(index)
        for answer in answers[index]:
            if answer not in placed:
                heapq.heappush(ready, (envelopes[answer].sent_at, answer))
    first = envelopes[places[0].at]
    return MailThread(first.references[0] if first.references else first.id, places, ids)


def _parent(envelope: Envelope, own: int, index_of: dict[str, int]) -> int | None:
    """The nearest ancestor that is there."""
    for reference in reversed(envelope.references):
        index = index_of.get(reference)
        if index is not None and index != own:
            return index
    return None
