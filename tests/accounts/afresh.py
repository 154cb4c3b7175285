"""Reading again what a request of someone else has changed."""

from sqlalchemy import inspect

from forum.accounts import queries
from forum.accounts.models.user import User
from forum.core.database import session


def reread(user: User) -> User:
    """The member as the database has him now."""
    (user_id,) = inspect(user).identity
    session.remove()
    return queries.get(user_id)
