"""A community from its SQLite file into a real PostgreSQL, table by table."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from flask import Flask
from sqlalchemy import JSON, Engine, Table, create_engine, select, text
from sqlalchemy.engine import Connection

from bench.search import archive
from forum.core.database import Base, db, session
from tests.support import servers

PART = 2_000
# A quarter of a small server's memory, as PostgreSQL advises.
BUFFERS = "1GB"


@contextmanager
def on_postgres(community: Path, folder: Path) -> Iterator[Flask]:
    """The forum on a PostgreSQL that holds what a community holds; its folder is another."""
    os.environ["FORUM_TEST_POSTGRES_BUFFERS"] = BUFFERS
    address = servers.make_database("bench")
    folder.mkdir(exist_ok=True)
    app = archive.open_app(folder, database=address)
    try:
        with app.app_context():
            Base.metadata.create_all(db.engine)
            copy(community / archive.DATABASE, address)
            yield app
            session.remove()
            db.engine.dispose()
    finally:
        servers.stop()


def version() -> str:
    """Of the server in use."""
    found: str = session.scalar(text("SHOW server_version"))
    return f"{found} with {BUFFERS} of shared buffers"


def analyse() -> None:
    """Let the database know what it holds, as it finds out by itself in time."""
    session.remove()
    with db.engine.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT").execute(text("VACUUM ANALYZE"))


def copy(file: Path, address: str) -> None:
    """All rows of all tables, then the numbers that go on from them."""
    source = create_engine(f"sqlite:///{file}")
    with psycopg.connect(address) as target:
        target.execute("SET session_replication_role = replica")  # rows refer to later ones
        for table in Base.metadata.sorted_tables:
            copy_rows(target, table, _rows(source, table))
        target.commit()
        target.execute("ANALYZE")
    source.dispose()


def copy_rows(target: psycopg.Connection[Any], table: Table, rows: Iterator[Any]) -> None:
    """Rows into one table, in the order of its columns."""
    names = ", ".join(f'"{column.name}"' for column in table.columns)
    json_places = {n for n, column in enumerate(table.columns) if isinstance(column.type, JSON)}
    statement = f'COPY "{table.name}" ({names}) FROM STDIN'
    with target.cursor() as cursor, cursor.copy(statement.encode()) as into:
        for row in rows:
            into.write_row([json.dumps(v) if n in json_places else v for n, v in enumerate(row)])
    for column in table.primary_key:
        if column.autoincrement is not False and column.type.python_type is int:
            _go_on(target, table, column.name)


def _rows(source: Engine, table: Table) -> Iterator[Any]:
    with source.connect() as connection:
        if not _has(connection, table):
            return
        yield from connection.execution_options(yield_per=PART).execute(select(*table.columns))


def _has(connection: Connection, table: Table) -> bool:
    return connection.dialect.has_table(connection, table.name)


def _go_on(target: psycopg.Connection[Any], table: Table, column: str) -> None:
    [sequence] = target.execute(
        "SELECT pg_get_serial_sequence(%s, %s)", (f'"{table.name}"', column)
    ).fetchone() or [None]
    if sequence:
        target.execute(
            f'SELECT setval(%s, greatest(1, (SELECT max("{column}") FROM "{table.name}")))'.encode(),
            (sequence,),
        )
