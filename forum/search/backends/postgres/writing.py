"""Writing the index: rows in place of those before, and how many posts have each word."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import text

from forum.core.database import session, take_turns, transaction
from forum.search import ranking
from forum.search.backend import Document
from forum.search.backends.postgres import lexemes, trigrams
from forum.search.backends.postgres.tables import document as table
from forum.search.backends.postgres.tables import metadata

# How many posts have each word, and each topic. Words and stems are counted by category: only posts
# that a viewer may see make a word frequent for him. Those of unlisted topics, which staff alone
# find, are known but not counted. `sign` is 1 for posts that come and -1 for posts that go.
_COUNT = """
    INSERT INTO {schema}.word AS known (word, category_id, posts)
    SELECT lexeme, category_id, :sign * count(*) FILTER (WHERE listed)
    FROM {schema}.document, unnest(words)
    WHERE left(lexeme, 1) NOT IN ('^', '#', '%', '=', '!') {which}
    GROUP BY lexeme, category_id
    ORDER BY lexeme, category_id
    ON CONFLICT (word, category_id) DO UPDATE SET posts = known.posts + excluded.posts
"""
_COUNT_TOPICS = """
    INSERT INTO {schema}.topic AS known (topic_id, posts)
    SELECT topic_id, :sign * count(*)
    FROM {schema}.document
    WHERE true {which}
    GROUP BY topic_id
    ORDER BY topic_id
    ON CONFLICT (topic_id) DO UPDATE SET posts = known.posts + excluded.posts
"""
_TAKE_OUT = "DELETE FROM {schema}.document WHERE post_id = ANY(:ids)"
_THESE = "AND post_id = ANY(:ids)"


def replace(
    schema: str, documents: Sequence[Document], gone: Collection[int], *, at_once: bool
) -> None:
    """Put documents in place of those with the same ids, and take others out, all or nothing.

    Unless it is to be found at once, what is kept beside the rows waits for `complete`.
    """
    ids = [document.id for document in documents]
    with transaction():
        take_turns("search index")
        _take_out(schema, sorted({*ids, *gone}), counted=at_once)
        _put_in(schema, documents)
        if at_once:
            _count(schema, ids, sign=1)
            # What a search would have to read through otherwise.
            _run("SELECT gin_clean_pending_list(:index)", index=f"{schema}.document_words")


def complete(schema: str) -> None:
    """Count all words, and make the indexes, which are better and sooner made in one go."""
    trigrams.prepare()
    with transaction():
        _run("SET LOCAL maintenance_work_mem = '256MB'")
        _run(f"CREATE INDEX document_words ON {schema}.document USING gin (words)")
        _count(schema, sign=1)
        if trigrams.known():
            _run(f"CREATE INDEX word_trigrams ON {schema}.word USING gin (word gin_trgm_ops)")
        for table in metadata.sorted_tables:
            _run(f"ANALYZE {schema}.{table.name}")


def _take_out(schema: str, ids: Sequence[int], *, counted: bool) -> None:
    if counted:
        _count(schema, ids, sign=-1)
    _run(_TAKE_OUT.format(schema=schema), ids=ids)


def _put_in(schema: str, documents: Sequence[Document]) -> None:
    names = ", ".join(column.name for column in table.columns)
    driver: Any = session.connection().connection.driver_connection
    with driver.cursor().copy(f"COPY {schema}.document ({names}) FROM STDIN") as copy:
        for document in documents:
            copy.write_row(_row(document))


def _row(document: Document) -> tuple[Any, ...]:
    """In the order of the table's columns."""
    return (
        document.id,
        document.topic_id,
        document.category_id,
        document.author_id,
        int(document.created_at.timestamp()),
        document.likes,
        ranking.merit(
            first=document.number == 1,
            answer="answer" in document.marks,
            closed="closed" in document.marks,
            archived="archived" in document.marks,
            likes=document.likes,
        ),
        lexemes.year_of(document),
        document.listed,
        document.kind,
        document.lang,
        [int(tag) for tag in document.tags] or None,
        [int(term) for term in document.knowhow] or None,
        [*document.markets] or None,
        lexemes.of_document(document),
    )


def _count(schema: str, ids: Sequence[int] | None = None, *, sign: int) -> None:
    """Count some posts, or all of them."""
    which, values = ("", {}) if ids is None else (_THESE, {"ids": ids})
    for statement in (_COUNT, _COUNT_TOPICS):
        _run(statement.format(schema=schema, which=which), sign=sign, **values)


def _run(statement: str, **values: Any) -> None:
    session.execute(text(statement), values)
