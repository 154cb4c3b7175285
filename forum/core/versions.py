"""Numbers that move when a shared thing changes, so that processes may keep it in memory.

`categories`, `tags` and the like move with what they name; `facts` moves with every unit of work
that announces something others may see. Their sum says whether anything at all has changed.
"""

import time
from functools import cache

from sqlalchemy import ScalarSelect, String, cast, func, select, update
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.database import Base, insert_once, inside_transaction, session

KNOWN_SECONDS = 30
_known: dict[str, tuple[int, float]] = {}


class Version(Base):
    """How often a thing changed."""

    __tablename__ = "version"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    number: Mapped[int] = mapped_column(default=0)


@cache
def written() -> ScalarSelect[str]:
    """All numbers as one text, to be read as a part of another statement; for `remember`."""
    pair = Version.name + "=" + cast(Version.number, String)
    return select(func.aggregate_strings(pair, " ")).scalar_subquery()


def remember(text: str | None) -> dict[str, int]:
    """Take the numbers for those of this request; what never moved is absent."""
    pairs = (pair.partition("=") for pair in (text or "").split())
    numbers = {name: int(number) for name, _sign, number in pairs}
    session().info["versions"] = numbers
    return numbers


def numbers() -> dict[str, int]:
    """All of them, by a statement of its own."""
    return remember(session.scalar(select(written())))


def read(name: str) -> int:
    """The number as this request knows it, else by a statement; 0 when it never moved."""
    known: dict[str, int] | None = session().info.get("versions")
    if known is None or inside_transaction():
        return session.scalar(select(Version.number).where(Version.name == name)) or 0
    return known.get(name, 0)


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
