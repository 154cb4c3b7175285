"""The people before the doors, and an index that is as new as what they ask for."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest

from forum.accounts.models.user import User
from forum.core import clock
from forum.core.database import session, transaction
from forum.search import writer
from tests.doors.doors import Caller
from tests.support.indexes import forget_index
from tests.support.visitor import Visitor


@pytest.fixture
def una(cast: Any) -> User:
    """A member who has not confirmed her address."""
    moment = clock.now() - timedelta(days=60)
    user = User(
        username="una", username_lower="una", username_skeleton="una", email="una@example.org",
        created_at=moment,
    )  # fmt: skip
    with transaction():
        session.add(user)
    return user


@pytest.fixture
def callers(app: Any, cast: Any, una: User) -> Callable[[str], list[Caller]]:
    """Browsers of some people: `callers("guest otto")`."""

    def before_the_doors(names: str) -> list[Caller]:
        people = {name: una if name == "una" else cast.person(name) for name in names.split()}
        return [Caller(name, Visitor(app, person)) for name, person in people.items()]

    return before_the_doors


@pytest.fixture
def catch_up(app: Any, database: Any) -> Iterator[Callable[[], None]]:
    """Bring the index, which begins empty, up to date."""
    forget_index()

    def index() -> None:
        session.commit()
        with app.app_context():  # a session of its own, as the writer has
            writer.catch_up()

    yield index
    forget_index()
