"""Asking saved searches what is new, and keeping what they found. Safe to do twice."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from forum.accounts.models.user import User
from forum.alerts import asked, moments, settings
from forum.alerts.models import FOUND, PAGE, SavedSearch, SearchHit
from forum.alerts.queries import running
from forum.core import clock
from forum.core.database import insert_once, session, take_turns
from forum.notifications import service as notifications
from forum.search import asking
from forum.search.backend import Hit


@dataclass(frozen=True)
class Run:
    """What a saved search found when it was asked, latest first."""

    saved: SavedSearch
    owner: User
    before: datetime  # when it was asked the last time
    at: datetime
    hits: Sequence[Hit]
    # Whether the index answered: what only the database knows may lack something.
    complete: bool = True


def ask(saved: SavedSearch, owner: User) -> Run:
    """Ask the index for what has come since the last time; nothing is written."""
    before, at = saved.last_run_at, clock.now()
    question = asked.news(saved, owner)
    if question is None:
        return Run(saved, owner, before, at, ())
    answer = asking.with_all_words(question)
    return Run(saved, owner, before, at, answer.hits.page, answer.complete)


def keep(runs: Sequence[Run]) -> None:
    """Keep what was found and tell it, except where another process was faster."""
    take_turns("saved searches")
    present = _present([run.saved.id for run in runs])
    for run in runs:
        saved = present.get(run.saved.id)
        if saved is None or not run.complete or saved.last_run_at != run.before:
            continue
        news = _news(saved, run)
        if news:
            _keep(saved, run, news)
        saved.last_run_at = run.at
        saved.due_at = moments.next_run(saved.frequency, run.owner.time_zone, after=run.at)


def _present(ids: Sequence[int]) -> dict[int, SavedSearch]:
    """The searches as they are now: paused or deleted meanwhile, they tell nothing."""
    rows = session.scalars(
        select(SavedSearch)
        .where(SavedSearch.id.in_(ids), SavedSearch.due_at <= clock.now())
        .execution_options(populate_existing=True)
    )
    return {saved.id: saved for saved in rows}


def _news(saved: SavedSearch, run: Run) -> list[tuple[int, int]]:
    """Topics with the first post that is news in each.

    A topic is news again only by what was written after it was found the last time.
    """
    if not run.hits:
        return []
    seen = running.last_seen(saved, [hit.topic_id for hit in run.hits])
    posts = [post_id for hit in run.hits for post_id in (hit.post_id, *hit.others)]
    written = running.written_at(run.owner.id, posts)
    found = []
    for hit in run.hits:
        since = seen.get(hit.topic_id, saved.created_at)
        fresh = {
            post_id: written[post_id]
            for post_id in (hit.post_id, *hit.others)
            if post_id in written and written[post_id] >= since
        }
        if fresh:
            found.append((hit.topic_id, min(fresh, key=lambda post_id: (fresh[post_id], post_id))))
    return found


def _keep(saved: SavedSearch, run: Run, news: Sequence[tuple[int, int]]) -> None:
    """Oldest first, so that lists by id are lists by age."""
    for topic_id, post_id in reversed(news):
        insert_once(
            SearchHit,
            saved_search_id=saved.id,
            topic_id=topic_id,
            post_id=post_id,
            first_seen_at=run.at,
            sent_at=run.at if saved.channel == PAGE else None,
        )
    for _topic_id, post_id in news[: settings.MOST_RINGS()]:
        notifications.tell(post_id, kind=FOUND, user_id=saved.user_id)
    saved.last_hit_at = run.at
