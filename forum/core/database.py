"""The database: the base of every model and the only commit in the project."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import DateTime, Dialect, MetaData, event, func, select, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.orm import DeclarativeBase, Relationship, Session, relationship
from sqlalchemy.types import TypeDecorator

SQLITE_PRAGMAS = {
    # An acknowledged post must survive a power cut, so FULL rather than NORMAL.
    "journal_mode": ("WAL", "wal"),
    "synchronous": ("FULL", 2),
    "foreign_keys": ("ON", 1),
    "busy_timeout": ("10000", 10000),
}


class OutsideTransaction(RuntimeError):
    """Something tried to write outside `transaction()`."""


class UTCDateTime(TypeDecorator[datetime]):
    """A moment: aware and in UTC in Python, whatever the database keeps."""

    impl = DateTime(timezone=True)
    cache_ok = True

    @property
    def python_type(self) -> type[datetime]:
        return datetime

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None or value.tzinfo is not None:
            return value
        return value.replace(tzinfo=UTC)


class Base(DeclarativeBase):
    """The base of every model."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime: UTCDateTime}  # noqa: RUF012 - SQLAlchemy reads it as declared


db = SQLAlchemy(metadata=Base.metadata, session_options={"expire_on_commit": False})
session = db.session

_writing: ContextVar[bool] = ContextVar("writing", default=False)
_turn = threading.Lock()


def related(*args: Any, **kwargs: Any) -> Relationship[Any]:
    """A relation that never loads itself: the query names what the page needs."""
    return relationship(*args, lazy="raise", **kwargs)


@contextmanager
def transaction() -> Iterator[None]:
    """One unit of work. Nested ones join; the outermost commits, then tells who waits for it."""
    current = session()
    if current.info.get("inside"):
        yield
        return
    if current.in_transaction():
        current.commit()  # ends the reading that came before, so that writing starts on fresh ground
    token = _writing.set(True)
    current.info.clear()
    current.info.update(inside=True, before_commit=[], after_commit=[])
    try:
        with _own_turn(current):
            yield
            for prepare in current.info["before_commit"]:
                prepare()
            current.commit()
    except BaseException:
        current.rollback()
        raise
    finally:
        waiting = current.info.pop("after_commit", [])
        current.info.clear()
        _writing.reset(token)
    for tell in waiting:
        tell()


@contextmanager
def _own_turn(current: Session) -> Iterator[None]:
    """On SQLite, one thread of this process after the other.

    SQLite lets whoever is lucky write next, and on a busy machine the unlucky wait until they fail.
    """
    if current.get_bind().dialect.name != "sqlite":
        yield
        return
    with _turn:
        try:
            yield
        except BaseException:
            current.rollback()  # before the next one begins
            raise


def insert_once(model: type[Any], **values: Any) -> None:
    """Insert a row unless it is there, even when another does the same at this moment."""
    dialect = session().get_bind().dialect.name
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    session.execute(insert(model).values(**values).on_conflict_do_nothing())


def take_turns(name: str) -> None:
    """Wait for whoever does the same thing at this moment, until the unit of work ends.

    To be called before any row is held. On SQLite all who write take turns anyway.
    """
    if session().get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(name, 0))))


def survey(*models: type[Any]) -> None:
    """Have PostgreSQL look at how much is in tables that grew at once, before much is read of them.

    It looks by itself only after a while, and until then plans as if they were empty: for minutes
    where a second would do. On SQLite there is nothing to gain.
    """
    if session().get_bind().dialect.name == "postgresql":
        for model in models:
            session.execute(text(f"ANALYZE {model.__table__.name}"))


def end_reading() -> None:
    """Let go of what was read, so that the next look sees what others have kept since.

    For long work in steps: a reading left open holds the whole database back.
    """
    if not inside_transaction():
        session().commit()


def inside_transaction() -> bool:
    """Whether a unit of work is open."""
    return bool(session().info.get("inside"))


def before_commit(prepare: Callable[[], None]) -> None:
    """Do something last, still inside the unit of work."""
    _hooks("before_commit").append(prepare)


def after_commit(tell: Callable[[], None]) -> None:
    """Do something once the unit of work is safely kept, and not at all if it fails."""
    _hooks("after_commit").append(tell)


def _hooks(name: str) -> list[Callable[[], None]]:
    if not inside_transaction():
        raise OutsideTransaction("This belongs inside `with transaction():`.")
    hooks: list[Callable[[], None]] = session().info[name]
    return hooks


@event.listens_for(Session, "before_flush")
def _refuse_stray_changes(current: Session, *_args: object) -> None:
    if not current.info.get("inside"):
        raise OutsideTransaction("Changes are written inside `with transaction():`.")


@event.listens_for(Session, "do_orm_execute")
def _refuse_stray_statements(state: Any) -> None:
    writes = state.is_insert or state.is_update or state.is_delete
    if writes and not state.session.info.get("inside"):
        raise OutsideTransaction("Changes are written inside `with transaction():`.")


@event.listens_for(Engine, "connect")
def _prepare_sqlite(connection: Any, _record: object) -> None:
    if not type(connection).__module__.startswith("sqlite3"):
        return
    connection.isolation_level = None  # we say BEGIN ourselves, see below
    for pragma, (value, expected) in SQLITE_PRAGMAS.items():
        connection.execute(f"PRAGMA {pragma}={value}")
        found = connection.execute(f"PRAGMA {pragma}").fetchone()[0]
        in_memory = pragma == "journal_mode" and found == "memory"
        if found != expected and not in_memory:
            raise RuntimeError(f"SQLite would not set {pragma} to {value}: it says {found}.")


@event.listens_for(Engine, "begin")
def _begin_sqlite(connection: Connection) -> None:
    # A deferred BEGIN that reads and then writes fails at once when another wrote in between;
    # taking the write lock first waits its turn instead.
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE" if _writing.get() else "BEGIN")
