"""What an import did, in numbers, and what it refused, with reasons."""

from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple

from forum.core.i18n import LazyText, lazy

# In the order of the report.
LABELS: dict[str, LazyText] = {
    "read": lazy("Read"),
    "added": lazy("Added"),
    "already_there": lazy("Already there"),
    "duplicates": lazy("Twice in the file"),
    "topics": lazy("New topics"),
    "authors": lazy("New authors"),
    "opportunities": lazy("Opportunities"),
    "expired": lazy("of them expired"),
    "updated": lazy("Replaced by a later version"),
    "cut": lazy("Bodies cut, kept whole as a file"),
    "files": lazy("Files kept"),
    "files_left_out": lazy("Files left out, too large or too many"),
    "charset_repairs": lazy("Texts in another character set than they said"),
    "broken_mime": lazy("Messages with broken MIME"),
    "left_out": lazy("Left out, neither question nor answer"),
    "without_id": lazy("Messages without an id"),
    "without_date": lazy("Messages without a usable date"),
}


class Refusal(NamedTuple):
    """A record that was not taken: where it stood, and why."""

    place: str
    reason: str


@dataclass
class Report:
    """The account of one run."""

    counts: Counter[str] = field(default_factory=Counter)
    refusals: list[Refusal] = field(default_factory=list)
    seconds: float = 0.0

    def count(self, name: str, by: int = 1) -> None:
        """One more of something; `name` is a key of `LABELS`."""
        if name not in LABELS:
            raise KeyError(name)
        self.counts[name] += by

    def refuse(self, place: str, reason: str) -> None:
        """Leave a record out and go on."""
        self.refusals.append(Refusal(place, reason))

    def __getitem__(self, name: str) -> int:
        return self.counts[name]

    def lines(self) -> list[tuple[str, int]]:
        """What there is to say, as (label, number)."""
        always = ("read", "added", "already_there", "topics", "authors")
        return [
            (str(label), self.counts[name])
            for name, label in LABELS.items()
            if self.counts[name] or name in always
        ]

    def as_text(self) -> str:
        """The whole account, for a file."""
        counts = [f"{number}\t{label}" for label, number in self.lines()]
        refused = [f"{place}\t{reason}" for place, reason in self.refusals]
        return "\n".join([*counts, "", *refused]).strip() + "\n"
