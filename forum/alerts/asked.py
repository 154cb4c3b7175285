"""What a saved search asks: as an address that is kept, and as a question for what is new."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from urllib.parse import parse_qs, urlencode

from forum.alerts import settings
from forum.alerts.models import SavedSearch
from forum.categories.policies import Viewer
from forum.core.i18n import use_locale
from forum.core.text import squeeze
from forum.search import service
from forum.search.forms import request_of
from forum.search.grammar import parser
from forum.search.question import FACETS, LATEST, Every, Has, Not, Question, Written
from forum.search.service import Request


def address_of(fields: Mapping[str, Sequence[str]]) -> str:
    """What an address or a form asks of the search page, always written in one way."""
    request = request_of(fields)
    pairs = [("q", squeeze(request.text))]
    for facet in FACETS:
        values = sorted(str(value) for value in request.chosen.get(facet, ()))
        pairs += [(facet, value) for value in values]
    if request.order:
        pairs.append(("order", request.order))
    return urlencode([pair for pair in pairs if pair[1]])


def fields_of(asked: str) -> list[tuple[str, str]]:
    """The same as names and values, for the hidden fields of a form."""
    return [(name, value) for name, values in parse_qs(asked).items() for value in values]


def request(asked: str) -> Request:
    """The same as the search page understands it."""
    return request_of(parse_qs(asked))


def news(saved: SavedSearch, owner: Viewer) -> Question | None:
    """What others have written since the search was last asked, with the rights its owner has now.

    None when there is nothing to ask, as when an operator lost its subject.
    """
    wanted = request(saved.asked)
    with use_locale(owner.locale):
        reading = parser.read(wanted.text, owner)
    if reading.empty:
        return None
    since = max(saved.created_at, saved.last_run_at - settings.OVERLAP)
    since = since.replace(microsecond=0)  # as fine as an index knows it
    others = Not(Has("author", (str(owner.id),)))
    question = service.question_of(owner, wanted, reading)
    nodes = question.node.nodes if isinstance(question.node, Every) else (question.node,)
    return replace(
        question,
        node=Every((*nodes, Written(since=since), others)),
        order=LATEST,
        limit=settings.MOST_TOLD(),
    )
