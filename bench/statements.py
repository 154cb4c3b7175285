"""How many statements a member's page needs, with three rows and with thirty."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from bench.community import FEW, MANY, READER, open_app
from bench.words import RARE
from forum.accounts import queries as accounts
from forum.core.database import db, session
from tests.support.counter import counted_statements
from tests.support.visitor import Visitor

MOST = 12


def count(community: Path) -> list[dict[str, Any]]:
    """Each page with few rows and with many; the first request of each warms up."""
    short, full = _topic(community, 3), _topic(community, 30)
    pairs = {
        "topic, 3 and 30 posts": (short, full),
        "tag, 3 and 30 topics": (f"/tag/{FEW}", f"/tag/{MANY}"),
        "search, 3 and 30 posts": (f"/search?q={RARE}", "/search?q=certificate"),
        "latest": ("/latest", "/latest"),
        "front page": ("/", "/"),
    }
    app = open_app(community)
    with app.app_context():
        reader = accounts.get_by_username(READER)
        session.remove()
    people = {"guest": Visitor(app), "member": Visitor(app, reader)}
    found = [
        {"page": name, "who": who, "few": few, "many": many, "target": MOST}
        for who, visitor in people.items()
        for name, paths in pairs.items()
        for few, many in [[_statements(visitor, path) for path in paths]]
    ]
    with app.app_context():
        db.engine.dispose()
    return found


def _statements(visitor: Visitor, path: str) -> int:
    visitor.read(path)
    with counted_statements() as seen:
        visitor.read(path)
    return len(seen)


def _topic(community: Path, posts: int) -> str:
    with closing(sqlite3.connect(community / "forum.db")) as database:
        slug, topic_id = database.execute(
            "SELECT slug, id FROM topic WHERE posts_count = ? AND category_id < 8 ORDER BY id",
            (posts,),
        ).fetchone()
    return f"/t/{slug}/{topic_id}"
