"""How rare words are among the posts that a viewer may see."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from forum.search import ranking
from forum.search.backends.postgres import lexemes
from forum.search.backends.postgres.tables import word as table


@dataclass(frozen=True)
class Rarity:
    """Counts among the posts of some categories: others must not move an order."""

    posts: int
    with_word: Mapping[str, int]

    @classmethod
    def read(
        cls, connection: Connection, words: Collection[str], categories: Collection[int]
    ) -> "Rarity":
        """Of some words, as they are typed."""
        wanted = {lexemes.ANY, *words, *(stem for word in words for stem in lexemes.stems_of(word))}
        rows = connection.execute(
            select(table.c.word, func.sum(table.c.posts))
            .where(table.c.word.in_(sorted(wanted)), table.c.category_id.in_(sorted(categories)))
            .group_by(table.c.word)
        )
        found: dict[str, int] = {row[0]: int(row[1]) for row in rows}
        return cls(found.pop(lexemes.ANY, 0), found)

    def having(self, word: str) -> int:
        """How many posts have a word, in any form."""
        return min(self.posts, sum(map(self._lexeme, lexemes.stems_of(word) or [word])))

    def of(self, word: str) -> float:
        """BM25's weight of a word; nothing if no post has it."""
        posts = self.having(word)
        return ranking.rarity(posts, self.posts) if posts > 0 else 0.0

    def differs(self, word: str) -> bool:
        """Whether some posts have the word as it is typed, and some in other forms only."""
        return 0 < self._lexeme(word) < self.having(word)

    def _lexeme(self, lexeme: str) -> int:
        return self.with_word.get(lexeme, 0)
