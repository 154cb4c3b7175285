"""Publishing an opportunity, changing its card, following it to its end."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from forum.accounts.models.user import User
from forum.core import clock
from forum.core.database import session, take_turns
from forum.core.errors import Invalid, require
from forum.core.i18n import _, ngettext
from forum.core.signals import announce
from forum.core.text import squeeze
from forum.opportunities import policies, settings
from forum.opportunities.models import (
    EXPIRED,
    KINDS,
    LONGEST_COMPANY,
    LONGEST_PLACE,
    OPEN,
    SIDES,
    STATUSES,
    Opportunity,
)
from forum.topics.models.topic import Topic
from forum.topics.service import posts, topics
from forum.topics.signals import TopicChanged
from forum.vocabulary import markets as known_markets
from forum.vocabulary import queries as vocabulary
from forum.vocabulary.models import KNOWHOW, SECTOR

KIND = "opportunity"


@dataclass
class Card:
    """What a form says of an opportunity. Markets are ISO 3166-1 codes, the rest terms' codes."""

    side: str
    kind: str
    markets: Collection[str]
    knowhow: Collection[str]
    valid_until: date | None = None
    sector: str = ""
    company: str = ""
    place: str = ""


def publish(
    card: Card,
    *,
    author: User,
    category_id: int,
    title: str,
    raw: str,
    tag_names: Collection[str] = (),
    lang: str | None = None,
    key: str | None = None,
) -> Topic:
    """Put an offer or a request before the network; its topic is where it is discussed."""
    take_turns(f"author {author.id}")
    already = posts.submitted(author, key)
    if already is not None:
        return session.get_one(Topic, already.topic_id)
    check(card)
    topic = topics.create(
        author=author,
        category_id=category_id,
        title=title,
        raw=raw,
        kind=KIND,
        tag_names=tag_names,
        lang=lang,
        key=key,
    )
    opportunity = Opportunity(topic_id=topic.id, status=OPEN)
    session.add(opportunity)
    _fill(opportunity, topic, card, author)
    return topic


def change(opportunity: Opportunity, topic: Topic, card: Card, *, by: User) -> None:
    """Another card for the same topic; a later end opens what had expired."""
    posts.lock(topic)
    require(policies.can_change(by, topic))
    check(card)
    _fill(opportunity, topic, card, by)
    if opportunity.status == EXPIRED and opportunity.valid_until >= clock.now().date():
        opportunity.status = OPEN
    _tell(topic, by.id)


def follow_up(opportunity: Opportunity, topic: Topic, *, status: str, by: User) -> None:
    """Say how it goes: open, in talks, concluded, withdrawn."""
    posts.lock(topic)
    require(policies.can_change(by, topic))
    if status not in STATUSES or status == EXPIRED:
        raise Invalid(_("There is no such state."), "status")
    if status == OPEN and opportunity.valid_until < clock.now().date():
        raise Invalid(_("Its end has passed: choose a later one first."), "status")
    opportunity.status = status
    _tell(topic, by.id)


def expire_due() -> int:
    """Close what has run out; gives how many."""
    due = session.scalars(
        select(Opportunity).where(
            Opportunity.status == OPEN, Opportunity.valid_until < clock.now().date()
        )
    ).all()
    for opportunity in due:
        opportunity.status = EXPIRED
        topic = session.get_one(Topic, opportunity.topic_id)
        _tell(topic, topic.author_id)
    return len(due)


def check(card: Card) -> None:
    """Refuse a card that says too little or what cannot be."""
    for fault in faults(card):
        raise fault


def faults(card: Card) -> Iterator[Invalid]:
    """Everything that keeps a card from being published, in the order of its form."""
    if card.side not in SIDES:
        yield Invalid(_("Say whether it is an offer or a request."), "side")
    if card.kind not in KINDS:
        yield Invalid(_("Choose business, technology or partnership."), "kind")
    yield from _faults_of_markets(card.markets)
    yield from _faults_of_knowhow(card.knowhow)
    if card.sector and not vocabulary.by_codes(SECTOR, [card.sector]):
        yield Invalid(_("There is no such sector."), "sector")
    today = clock.now().date()
    until = card.valid_until or today + timedelta(days=settings.DEFAULT_DAYS())
    if until < today:
        yield Invalid(_("The end must be a day to come."), "valid_until")
    if until > today + timedelta(days=settings.MOST_DAYS()):
        yield Invalid(_("An opportunity runs a year at most."), "valid_until")


def _faults_of_markets(codes: Collection[str]) -> Iterator[Invalid]:
    if not codes:
        yield Invalid(_("Choose at least one market."), "markets")
    if any(not known_markets.is_country(code) for code in codes):
        yield Invalid(_("There is no such market."), "markets")
    if len(set(codes)) > (most := settings.MOST_MARKETS()):
        text = ngettext(
            "Choose at most %(count)s country.", "Choose at most %(count)s countries.", most
        )
        yield Invalid(text, "markets")


def _faults_of_knowhow(codes: Collection[str]) -> Iterator[Invalid]:
    if not codes:
        yield Invalid(_("Choose at least one know-how."), "knowhow")
    if len(set(codes)) > (most := settings.MOST_KNOWHOW()):
        text = ngettext("Choose at most %(count)s term.", "Choose at most %(count)s terms.", most)
        yield Invalid(text, "knowhow")
    if len(vocabulary.by_codes(KNOWHOW, codes)) < len(set(codes)):
        yield Invalid(_("There is no such know-how."), "knowhow")


def _fill(opportunity: Opportunity, topic: Topic, card: Card, author: User) -> None:
    today = clock.now().date()
    opportunity.side, opportunity.kind = card.side, card.kind
    opportunity.company = squeeze(card.company or author.company)[:LONGEST_COMPANY]
    opportunity.place = squeeze(card.place)[:LONGEST_PLACE]
    opportunity.valid_until = card.valid_until or today + timedelta(days=settings.DEFAULT_DAYS())
    sector = vocabulary.by_codes(SECTOR, [card.sector]) if card.sector else {}
    opportunity.sector_id = sector[card.sector].id if sector else None
    session.flush()
    topics.set_markets(topic, card.markets)
    terms = vocabulary.by_codes(KNOWHOW, card.knowhow)
    topics.set_terms(topic, [term.id for term in terms.values()])


def _tell(topic: Topic, by_id: int) -> None:
    topic.version += 1
    session.flush()
    announce(TopicChanged(topic.id, topic.category_id, by_id))
