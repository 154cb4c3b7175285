"""What was understood of a query."""

from dataclasses import dataclass, field

from forum.search.question import Every


@dataclass(frozen=True)
class Chip:
    """An operator as it was understood, and the query without it."""

    label: str
    without: str


@dataclass(frozen=True)
class Problem:
    """A part of the query that was left out or read otherwise than written, and why."""

    text: str
    message: str


@dataclass
class Reading:
    """A query, understood."""

    text: str
    node: Every = field(default_factory=Every)
    order: str | None = None
    chips: list[Chip] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    # The words without operators: what a topic that asks this would be called.
    words: str = ""
    # Whether words were joined by AND.
    insists: bool = False

    @property
    def empty(self) -> bool:
        """Whether nothing at all is asked for."""
        return not self.node.nodes

    def explain(self, start: int, end: int, message: str) -> None:
        """Say what is wrong with a part of the text; the same fault of the same words once."""
        problem = Problem(self.text[start:end], message)
        if problem not in self.problems:
            self.problems.append(problem)
