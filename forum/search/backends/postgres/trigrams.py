"""The extension of PostgreSQL that finds words written alike, and words inside titles."""

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from forum.core.database import session

NAME = "pg_trgm"


def ensure() -> None:
    """Add it to the database, where we may. Inside a transaction."""
    try:
        with session.begin_nested():
            session.execute(text(f"CREATE EXTENSION IF NOT EXISTS {NAME}"))
    except DBAPIError:  # not on this machine, or not allowed: searching does without
        return


def known() -> bool:
    """Whether the database has it."""
    asked = text("SELECT EXISTS (SELECT FROM pg_extension WHERE extname = :name)")
    return bool(session.scalar(asked, {"name": NAME}))
