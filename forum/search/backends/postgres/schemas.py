"""PostgreSQL's shelf: a generation is a schema, and swapping is renaming two of them."""

import secrets

from sqlalchemy import text

from forum.core.database import session, transaction
from forum.search.backends.postgres.backend import PostgresBackend
from forum.search.backends.postgres.tables import BUILT, OLD, USED, metadata
from forum.search.shelf import Generation

# Raise it when the tables or lexemes change: an older index is then built again.
LAYOUT = "2"
# Who reads the old tables is let finish; who comes meanwhile must not wait long behind us.
LOCK_SECONDS = 10

_TOLD = text(f"SELECT obj_description(to_regnamespace('{USED}'), 'pg_namespace')")


class SchemaShelf:
    """Generations in schemas of the forum's own database."""

    def current(self) -> PostgresBackend | None:
        layout, _space, name = (session.scalar(_TOLD) or "").partition(" ")
        return PostgresBackend(USED, name) if layout == LAYOUT else None

    def new(self) -> PostgresBackend:
        name = secrets.token_hex(8)
        with transaction():
            _run(f"DROP SCHEMA IF EXISTS {BUILT} CASCADE")
            _run(f"CREATE SCHEMA {BUILT}")
            _run(f"COMMENT ON SCHEMA {BUILT} IS '{LAYOUT} {name}'")
            metadata.create_all(
                session.connection().execution_options(schema_translate_map={USED: BUILT})
            )
            # Words are moved out of every row that may be moved out of: see `lexemes.ROOM`.
            _run(f"ALTER TABLE {BUILT}.document SET (toast_tuple_target = 128)")
        return PostgresBackend(BUILT, name, unfinished=True)

    def use(self, generation: Generation) -> None:
        with transaction():
            if _exists(USED):
                _run(f"ALTER SCHEMA {USED} RENAME TO {OLD}")
            _run(f"ALTER SCHEMA {_schema_of(generation)} RENAME TO {USED}")

    def drop(self, generation: Generation) -> None:
        if generation in (self.current(), None) or _schema_of(generation) != USED:
            _drop(_schema_of(generation))

    def clear_away(self) -> None:
        for schema in (OLD, BUILT):
            if _exists(schema):
                _drop(schema)

    def close(self) -> None:
        """Connections are the database's."""


def _drop(schema: str) -> None:
    with transaction():
        _run(f"SET LOCAL lock_timeout = '{LOCK_SECONDS}s'")
        _run(f"DROP SCHEMA IF EXISTS {schema} CASCADE")


def _exists(schema: str) -> bool:
    return session.scalar(text("SELECT to_regnamespace(:schema)"), {"schema": schema}) is not None


def _run(statement: str) -> None:
    session.execute(text(statement))


def _schema_of(generation: Generation) -> str:
    if not isinstance(generation, PostgresBackend):
        raise TypeError(f"Not a generation of this shelf: {generation}")
    return generation.schema
