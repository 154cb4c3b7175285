"""Numbers that move when a shared thing changes, so that processes may keep it in memory.

`categories`, `tags` and the like move with what they name; `facts` moves with every unit of work
that announces something others may see. Their sum says whether anything at all has changed.
"""

import time

from sqlalchemy import ScalarSelect, String, func, select, update
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.database import Base, insert_once, session

KNOWN_SECONDS = 30
_known: dict[str, tuple[int, float]] = {}


class Version(Base):
    """How often a thing changed."""

    __tablename__ = "version"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    number: Mapped[int] = mapped_column(default=0)


def number_of(name: str) -> ScalarSelect[int]:
    """The number, as a part of another statement; 0 when it never moved."""
    found = select(Version.number).where(Version.name == name).scalar_subquery()
    return select(func.coalesce(found, 0)).scalar_subquery()


def read(name: str) -> int:
    """The number, by a statement of its own."""
    return session.scalar(select(number_of(name))) or 0


def numbers() -> dict[str, int]:
    """All of them, by a statement of its own; what never moved is absent."""
    return {row.name: row.number for row in session.execute(select(Version.name, Version.number))}


def step(name: str) -> None:
    """Say, in the transaction of the change, that what was kept is out of date."""
    move = update(Version).where(Version.name == name).values(number=Version.number + 1)
    if not session.execute(move).rowcount:  # type: ignore[attr-defined]
        insert_once(Version, name=name, number=0)
        session.execute(move)


def known(name: str) -> int:
    """The number, asked anew after a few seconds: for things that only releases change."""
    number, until = _known.get(name, (0, 0.0))
    if time.monotonic() > until:
        number = read(name)
        _known[name] = (number, time.monotonic() + KNOWN_SECONDS)
    return number


def forget() -> None:
    """Ask anew at once, as each test does."""
    _known.clear()
