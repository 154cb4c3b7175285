"""What business is about: `kind:`, `market:`, `knowhow:`, `sector:`."""

from collections.abc import Iterator, Sequence
from functools import partial

from sqlalchemy import select

from forum.categories.policies import Viewer
from forum.core.i18n import LOCALES, LazyText, _, lazy, use_locale
from forum.opportunities.models import Opportunity
from forum.search.grammar.operators import Choice, Meaning, Operator, Unclear, plain
from forum.search.grammar.values import any_of, compared, either, one_or_several, only, several
from forum.search.question import Among, Has, Node
from forum.topics import kinds
from forum.vocabulary import markets, queries
from forum.vocabulary.markets import Market
from forum.vocabulary.models import KNOWHOW, SECTOR, Term
from forum.vocabulary.queries import Match

LOOKED_AT = 40


def _kind(value: str, viewer: Viewer) -> Meaning:
    return any_of([_one_kind(part, viewer) for part in several(value)])


def _one_kind(value: str, viewer: Viewer) -> Meaning:
    wanted = plain(value)
    for kind in kinds.all_kinds():
        if wanted in {plain(name) for name in (kind.name, *_said(kind.label, kind.plural))}:
            return Meaning(str(kind.plural), Has("kind", (kind.name,)))
    for choice in OF_OPPORTUNITIES:
        if wanted in {plain(name) for name in choice.names}:
            return choice.read(viewer)
    known = [str(kind.label).lower() for kind in kinds.all_kinds()]
    known += [choice.usual for choice in OF_OPPORTUNITIES]
    raise Unclear(
        _("There is no kind “%(name)s”. Kinds: %(known)s.", name=value, known=", ".join(known))
    )


def _said(*texts: LazyText) -> Iterator[str]:
    for locale in LOCALES:
        with use_locale(locale):
            yield from [str(text) for text in texts]


def _side(name: str, label: LazyText) -> Meaning:
    topics = select(Opportunity.topic_id).where(Opportunity.side == name)
    return Meaning(str(label), Among("topic", topics))


def _sort(name: str, label: LazyText) -> Meaning:
    topics = select(Opportunity.topic_id).where(Opportunity.kind == name)
    return Meaning(str(label), Among("topic", topics))


OF_OPPORTUNITIES = (
    Choice(
        "offer", "offre", lambda _viewer: _side("offer", lazy("Offers")),
        also=("offers", "offres"),
    ),
    Choice(
        "request", "demande", lambda _viewer: _side("request", lazy("Requests")),
        also=("requests", "demandes"),
    ),
    Choice(
        "business", "affaires", lambda _viewer: _sort("business", lazy("Business")),
        also=("affaire", "commercial"),
    ),
    Choice(
        "technology", "technologie", lambda _viewer: _sort("technology", lazy("Technology")),
        also=("technologies",),
    ),
    Choice(
        "partnership", "partenariat", lambda _viewer: _sort("partnership", lazy("Partnership")),
        also=("partnerships", "partenariats"),
    ),
)  # fmt: skip


def _market(value: str, _viewer: Viewer) -> Meaning:
    """Countries, and zones with all their countries."""
    found, unknown = one_or_several(value, _one_market, _market_named)
    if unknown:
        raise Unclear(_("There is no market “%(name)s”.", name=unknown[0]))
    countries = sorted({country for market in found for country in market.countries})
    label = either(market.label for market in found)
    return Meaning(_("market %(market)s", market=label), Has("market", tuple(countries)))


def _one_market(value: str) -> Market | None:
    """The one of that code or name, or else the only one that begins so."""
    return _market_named(value) or only([(m, m.label) for m in _markets_like(value)], value)


def _market_named(value: str) -> Market | None:
    wanted = compared(value)
    for market in _markets_like(value):
        if wanted in {compared(market.code), compared(market.label), compared(market.other_label)}:
            return market
    return None


def _markets_like(value: str) -> Sequence[Market]:
    return markets.search(compared(value), LOOKED_AT)


def _knowhow(value: str, _viewer: Viewer) -> Meaning:
    label, terms = _terms(value, KNOWHOW)
    ids = tuple(str(term_id) for term_id in terms)
    return Meaning(_("know-how %(name)s", name=label), Has("knowhow", ids))


def _sector(value: str, _viewer: Viewer) -> Meaning:
    label, terms = _terms(value, SECTOR)
    topics: Node = Among(
        "topic", select(Opportunity.topic_id).where(Opportunity.sector_id.in_(terms))
    )
    return Meaning(_("sector %(name)s", name=label), topics)


def _terms(value: str, vocabulary: str) -> tuple[str, Sequence[int]]:
    """What terms are called, and their ids with those below."""
    named = partial(_term_named, vocabulary=vocabulary)
    found, unknown = one_or_several(value, partial(_one_term, vocabulary=vocabulary), named)
    if unknown and vocabulary == KNOWHOW:
        raise Unclear(_("There is no know-how “%(name)s”.", name=unknown[0]))
    if unknown:
        raise Unclear(_("There is no sector “%(name)s”.", name=unknown[0]))
    ids = sorted({term_id for term in found for term_id in queries.with_children(term)})
    return either(term.label for term in found), ids


def _one_term(value: str, vocabulary: str) -> Term | None:
    """The one of that code or name, or else the only one that begins so."""
    fitting = [(match.term, match.term.label) for match in _terms_like(value, vocabulary)]
    return _term_named(value, vocabulary) or only(fitting, value)


def _term_named(value: str, vocabulary: str) -> Term | None:
    """The one of that code, label or synonym."""
    codes = (value, value.lower(), value.upper())
    for term in queries.by_codes(vocabulary, codes).values():
        return term
    wanted = compared(value)
    for match in _terms_like(value, vocabulary):
        names = (match.term.label, match.term.other_label, match.synonym)
        if wanted in {compared(name) for name in names}:
            return match.term
    return None


def _terms_like(value: str, vocabulary: str) -> Sequence[Match]:
    return queries.search(compared(value), vocabulary=vocabulary, most=LOOKED_AT)


OPERATORS = (
    Operator(
        "kind", "type", lazy("also offer, request, discussion"),
        ("kind:question", "type:question"), _kind, choices=OF_OPPORTUNITIES,
    ),
    Operator(
        "market", "marché", lazy("country or zone, by name or code"),
        ("market:senegal", "marché:sénégal"), _market, also=("country", "pays"),
    ),
    Operator(
        "knowhow", "savoir-faire", lazy("with all that is below it"),
        ("knowhow:machining", "savoir-faire:usinage"), _knowhow, also=("know-how",),
    ),
    Operator(
        "sector", "secteur", lazy("sector of an opportunity"),
        ("sector:construction", "secteur:construction"), _sector,
    ),
)  # fmt: skip
