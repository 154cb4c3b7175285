"""What the demo's members look for, and what others have written about it since."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from sqlalchemy import insert

from forum.alerts import moments
from forum.alerts.models import SavedSearch, SearchHit
from forum.config import config
from forum.core import clock
from forum.core.database import session
from forum.core.text import fold
from forum.importers.sample.files import Saying, Section, sections
from forum.importers.sample.talk import Told

# Its owner looked a few days ago: since then there is something new.
_LOOKED = timedelta(days=5)


def save(told: Told, users: dict[str, int]) -> None:
    """Keep the searches, with what they would have found day by day."""
    searches = sections("searches.md")
    rows = [_search(search, users) for search in searches]
    ids = session.scalars(
        insert(SavedSearch).returning(SavedSearch.id, sort_by_parameter_order=True), rows
    ).all()
    hits = [
        hit
        for saved_search_id, search, row in zip(ids, searches, rows, strict=True)
        for hit in _hits(saved_search_id, search, row, told)
    ]
    session.execute(insert(SearchHit), hits)


def _search(search: Section, users: dict[str, int]) -> dict[str, Any]:
    moment = clock.now()
    frequency = search["frequency"]
    return {
        "user_id": users[search["member"]],
        "name": search["name"],
        "asked": urlencode({"q": search["query"]}),
        "frequency": frequency,
        "channel": search["channel"],
        "created_at": moment - timedelta(days=int(search["saved_days_ago"])),
        "last_run_at": moment,
        "looked_at": moment - _LOOKED,
        "due_at": moments.next_run(frequency, config().time_zone, after=moment),
    }


def _hits(
    saved_search_id: int, search: Section, row: dict[str, Any], told: Told
) -> Iterator[dict[str, Any]]:
    """The first post of each topic that says the word, in the order of writing."""
    word, seen = fold(search["query"]), set()
    for post_id, (topic_id, number, saying) in told.posts.items():
        if saying.moment < row["created_at"] or saying.username == search["member"]:
            continue
        if topic_id not in seen and word in _words(saying, number, told, topic_id):
            seen.add(topic_id)
            yield {
                "saved_search_id": saved_search_id,
                "topic_id": topic_id,
                "post_id": post_id,
                "first_seen_at": saying.moment,
                "sent_at": saying.moment,
            }


def _words(saying: Saying, number: int, told: Told, topic_id: int) -> str:
    title = told.topics[topic_id].front["title"] if number == 1 else ""
    return fold(f"{title} {saying.body}")
