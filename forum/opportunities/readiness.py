"""How far a card that is being written is from being published: told while one writes."""

from collections.abc import Collection
from dataclasses import dataclass

from forum.core.i18n import _, ngettext
from forum.opportunities import service
from forum.opportunities.service import Card
from forum.topics import settings as topics


@dataclass(frozen=True)
class Point:
    """Something a card should say, the step of the form where it is said, and its field there."""

    label: str
    step: str
    field: str
    done: bool
    # What does not hold publishing up.
    advised: bool = False


def points(card: Card, *, title: str, raw: str) -> list[Point]:
    """What is there and what is missing, in the order of the form."""
    title, raw = title.strip(), raw.strip()
    wrong = {fault.field for fault in service.faults(card)}
    return [
        Point(_("Nature"), "s1", "side", wrong.isdisjoint(("side", "kind"))),
        Point(_("Title"), "s2", "title", len(title) >= topics.MIN_TITLE()),
        Point(_description(len(raw)), "s2", "raw", len(raw) >= topics.MIN_BODY()),
        Point(_("Markets"), "s3", "markets", "markets" not in wrong),
        Point(_("Know-how"), "s3", "knowhow", "knowhow" not in wrong),
        Point(_("Open until"), "s4", "valid_until", "valid_until" not in wrong),
        Point(_("Company"), "s4", "company", bool(card.company.strip()), advised=True),
    ]


def done_steps(found: Collection[Point]) -> list[str]:
    """The steps in which nothing is missing that publishing needs."""
    missing = {point.step for point in found if not (point.done or point.advised)}
    return sorted({point.step for point in found} - missing)


def _description(characters: int) -> str:
    if not characters:
        return _("Description")
    return ngettext(
        "Description of %(count)s character", "Description of %(count)s characters", characters
    )
