"""Facts: written with the change, delivered after the commit, delivered again after a crash.

Each fact becomes one row of the outbox per consumer. A handler's row is removed in the same
transaction as what the handler wrote, so a crash can repeat a handler but never lose it; a queue's
rows wait for the one worker that takes them in batches.
"""

import json
import logging
from collections import defaultdict
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Index, String, delete, insert, select, update
from sqlalchemy.orm import Mapped, mapped_column

from forum.core import clock, versions
from forum.core.database import (
    Base,
    OutsideTransaction,
    after_commit,
    inside_transaction,
    session,
    transaction,
)
from forum.core.database import before_commit as before_the_commit

log = logging.getLogger(__name__)

Handler = Callable[[Any], None]
Delivery = tuple[int, str, object]  # row of the outbox, consumer, fact

_handlers: dict[str, Handler] = {}
_consumers: dict[type, list[str]] = defaultdict(list)
_facts: dict[str, type] = {}

SWEEP_AFTER_SECONDS = 20
MOST_ATTEMPTS = 12


class Personal:
    """A fact that changes nothing on anyone else's pages, as how far someone has read."""


class Outbox(Base):
    """A fact on its way to one consumer."""

    __tablename__ = "outbox"
    __table_args__ = (Index("ix_outbox_consumer_id", "consumer", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    consumer: Mapped[str] = mapped_column(String(120))
    fact: Mapped[str] = mapped_column(String(80))
    content: Mapped[str]
    created_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    next_attempt_at: Mapped[datetime | None]


def on(*facts: type) -> Callable[[Handler], Handler]:
    """Register a reaction to facts. It must be quick and safe to run twice."""

    def register(handler: Handler) -> Handler:
        name = f"{handler.__module__}.{handler.__qualname__}"
        _handlers[name] = handler
        for fact in facts:
            _facts[fact.__name__] = fact
            _consumers[fact].append(name)
        return handler

    return register


def queue(name: str, *facts: type) -> None:
    """Keep facts for a worker that takes them in batches with `take()`."""
    for fact in facts:
        _facts[fact.__name__] = fact
        if name not in _consumers[fact]:
            _consumers[fact].append(name)


def announce(fact: object) -> None:
    """Say what has become true; heard only if the unit of work is kept."""
    if not inside_transaction():
        raise OutsideTransaction("A fact is announced inside `with transaction():`.")
    pending: list[object] = session().info.setdefault("facts", [])
    if not pending:
        before_the_commit(_write_facts)
    pending.append(fact)


def take(consumer: str, most: int) -> list[tuple[int, object]]:
    """The oldest facts waiting for a queue, as (row id, fact)."""
    rows = session.execute(
        select(Outbox.id, Outbox.fact, Outbox.content)
        .where(Outbox.consumer == consumer)
        .order_by(Outbox.id)
        .limit(most)
    )
    return [(row.id, _facts[row.fact](**json.loads(row.content))) for row in rows]


def done(row_ids: list[int]) -> None:
    """Forget facts that a queue has dealt with."""
    for start in range(0, len(row_ids), 500):
        session.execute(delete(Outbox).where(Outbox.id.in_(row_ids[start : start + 500])))


def sweep() -> int:
    """Deliver what a crash or an error left behind; gives how many rows were tried."""
    moment = clock.now()
    rows = session.execute(
        select(Outbox.id, Outbox.consumer, Outbox.fact, Outbox.content)
        .where(
            Outbox.consumer.in_(_handlers),
            Outbox.attempts < MOST_ATTEMPTS,
            Outbox.created_at < moment - timedelta(seconds=SWEEP_AFTER_SECONDS),
            (Outbox.next_attempt_at.is_(None)) | (Outbox.next_attempt_at < moment),
        )
        .order_by(Outbox.id)
        .limit(200)
    ).all()
    _deliver([(r.id, r.consumer, _facts[r.fact](**json.loads(r.content))) for r in rows])
    return len(rows)


def known_facts() -> dict[type, list[str]]:
    """Every fact that someone listens to, with its consumers' names."""
    return dict(_consumers)


def _write_facts() -> None:
    deliveries = _keep(session().info.pop("facts", []))
    if deliveries:
        after_commit(lambda: _deliver(deliveries))


def _keep(facts: list[object]) -> list[Delivery]:
    """Write facts into the outbox; gives the rows that handlers are to have at once."""
    if not all(isinstance(fact, Personal) for fact in facts):
        versions.step("facts")  # pages drawn before are out of date
    moment = clock.now()
    told = [(fact, consumer) for fact in facts for consumer in _consumers[type(fact)]]
    if not told:
        return []
    rows = [
        {
            "consumer": consumer,
            "fact": type(fact).__name__,
            "content": json.dumps(asdict(fact)),  # type: ignore[call-overload]
            "created_at": moment,
            "attempts": 0,
        }
        for fact, consumer in told
    ]
    ids = session.scalars(
        insert(Outbox).returning(Outbox.id, sort_by_parameter_order=True), rows
    ).all()
    return [
        (row_id, consumer, fact)
        for row_id, (fact, consumer) in zip(ids, told, strict=True)
        if consumer in _handlers
    ]


def _deliver(deliveries: list[Delivery]) -> None:
    """Run handlers in one transaction, each in a savepoint: one failing harms no other.

    What they announce is delivered in the same transaction, which saves its wait for the disk.
    """
    if not deliveries:
        return
    try:
        with transaction():
            while deliveries:
                kept = [row_id for row_id, who, fact in deliveries if _run(row_id, who, fact)]
                done(kept)
                deliveries = _keep(session().info.pop("facts", []))
    except Exception:
        log.exception("Facts not delivered; the sweep will try again")


def _run(row_id: int, consumer: str, fact: object) -> bool:
    announced = len(session().info.get("facts", ()))
    try:
        with session.begin_nested():
            _handlers[consumer](fact)
    except Exception:
        log.exception("%s failed on %s", consumer, fact)
        del session().info.get("facts", [])[announced:]
        session.execute(
            update(Outbox)
            .where(Outbox.id == row_id)
            .values(
                attempts=Outbox.attempts + 1,
                next_attempt_at=clock.now() + timedelta(minutes=1),
            )
        )
        return False
    return True
