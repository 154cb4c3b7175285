"""The extension of PostgreSQL that finds words written alike, and words inside titles.

It may be missing, where the forum is not allowed to add it: then nobody is asked whether he meant
another word, and suggestions take longer. `flask doctor` tells.
"""

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from forum.core.database import session, transaction

NAME = "pg_trgm"
# For what is offered while someone types (`search.places`). No model names it, as not every
# database can have it; Alembic is told to leave indexes of such a name alone.
_OF_TITLES = "ix_topic_slug_trigrams"


def known() -> bool:
    """Whether the database has it."""
    asked = text("SELECT EXISTS (SELECT FROM pg_extension WHERE extname = :name)")
    return bool(session.scalar(asked, {"name": NAME}))


def prepare() -> None:
    """Add it to the database, where we may, and have it find words inside titles."""
    with transaction():
        try:
            with session.begin_nested():
                session.execute(text(f"CREATE EXTENSION IF NOT EXISTS {NAME}"))
        except DBAPIError:
            return
        # Asked first: even to be told that it is there would hold up all who write.
        if session.scalar(text("SELECT to_regclass(:name)"), {"name": _OF_TITLES}) is None:
            session.execute(
                text(f"CREATE INDEX {_OF_TITLES} ON topic USING gin (slug gin_trgm_ops)")
            )
