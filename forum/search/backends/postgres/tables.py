"""The tables of the index. They belong to no migration: `flask reindex` makes them."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Integer,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
)
from sqlalchemy.dialects.postgresql import ARRAY, REAL, TSVECTOR

# A schema of their own: no backup needs it, and Alembic does not look into it.
USED, BUILT, OLD = "forum_search", "forum_search_built", "forum_search_old"

metadata = MetaData(schema=USED)

# Short rows: a search for a frequent word reads very many of them. So times are seconds, and the
# words are kept apart (`schemas.new`, `lexemes.ROOM`).
document = Table(
    "document",
    metadata,
    Column("post_id", Integer, primary_key=True, autoincrement=False),
    Column("topic_id", Integer, nullable=False),
    Column("category_id", Integer, nullable=False),
    Column("author_id", Integer, nullable=False),
    Column("created", BigInteger, nullable=False),
    Column("likes", Integer, nullable=False),
    Column("merit", REAL, nullable=False),
    Column("year", SmallInteger, nullable=False),
    Column("listed", Boolean, nullable=False),
    Column("kind", String, nullable=False),
    Column("lang", String, nullable=False),
    Column("tags", ARRAY(Integer)),
    Column("knowhow", ARRAY(Integer)),
    Column("markets", ARRAY(String)),
    Column("words", TSVECTOR, nullable=False),
)
# In how many listed posts of a category a word or stem stands.
word = Table(
    "word",
    metadata,
    Column("word", Text, primary_key=True),
    Column("category_id", Integer, primary_key=True, autoincrement=False),
    Column("posts", Integer, nullable=False),
)
# How many posts a topic has: many are held against it.
topic = Table(
    "topic",
    metadata,
    Column("topic_id", Integer, primary_key=True, autoincrement=False),
    Column("posts", Integer, nullable=False),
)
