"""Reading tags by any of the words that mean them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from sqlalchemy import select

from forum.core import versions
from forum.core.database import inside_transaction, session
from forum.tags.models import Tag, TagSynonym
from forum.tags.words import folded, normalise


@dataclass(frozen=True)
class Entry:
    """What a tag is called: name and labels, then synonyms; all as they are compared."""

    tag_id: int
    names: tuple[str, ...]
    synonyms: tuple[str, ...]

    def rank(self, beginning: str) -> int | None:
        """How well a beginning fits: 0 a name, 1 a word in a name, 2 a synonym; None not at all."""
        if any(name.startswith(beginning) for name in self.names):
            return 0
        if any(f" {beginning}" in name for name in self.names):
            return 1
        if any(f" {synonym}".find(f" {beginning}") >= 0 for synonym in self.synonyms):
            return 2
        return None


@dataclass(frozen=True)
class Lexicon:
    """Every word that means a tag, kept in memory until a tag changes."""

    version: int
    exact: dict[str, int] = field(default_factory=dict)
    near: dict[str, int] = field(default_factory=dict)
    entries: tuple[Entry, ...] = ()
    # Never in a session: they live longer than one, in every thread.
    tags: dict[int, Tag] = field(default_factory=dict)

    def find(self, typed: str) -> int | None:
        """The tag that a word means: as it is written, else whatever its accents."""
        found = self.exact.get(normalise(typed))
        return found if found is not None else self.near.get(folded(typed))


_kept = Lexicon(-1)


def lexicon() -> Lexicon:
    """All words as of now; read again only when they changed."""
    global _kept
    version = versions.read("tags")
    if _kept.version == version:
        return _kept
    fresh = _read(version)
    # A transaction may see words that are never kept.
    if not inside_transaction():
        _kept = fresh
    return fresh


def find(typed: str) -> Tag | None:
    """A tag by its name, a label in either language or a synonym."""
    tag_id = lexicon().find(typed)
    return session.get(Tag, tag_id) if tag_id is not None else None


def by_ids(tag_ids: Collection[int]) -> dict[int, Tag]:
    """Several tags at once, by id."""
    rows = session.scalars(select(Tag).where(Tag.id.in_(tag_ids))) if tag_ids else ()
    return {tag.id: tag for tag in rows}


def known(tag_ids: Iterable[int]) -> list[Tag]:
    """Several tags from memory, to be shown."""
    tags = lexicon().tags
    return [tags[tag_id] for tag_id in tag_ids if tag_id in tags]


def beginning_with(typed: str) -> list[int]:
    """Ids of the tags that a beginning may mean, the best first; all of them when it is empty."""
    beginning = folded(typed)
    ranked = [(entry.rank(beginning), entry) for entry in lexicon().entries]
    fitting = [(rank, entry.names[0], entry.tag_id) for rank, entry in ranked if rank is not None]
    return [tag_id for _rank, _name, tag_id in sorted(fitting)]


def _read(version: int) -> Lexicon:
    tags = session.execute(
        select(Tag.id, Tag.name, Tag.label_fr, Tag.label_en).order_by(Tag.id)
    ).all()
    synonyms: dict[int, list[str]] = {tag.id: [] for tag in tags}
    for name, tag_id in session.execute(select(TagSynonym.name, TagSynonym.tag_id)):
        synonyms[tag_id].append(name)
    exact: dict[str, int] = {}
    near: dict[str, int] = {}
    # The nearest sense wins: a name before a synonym, a synonym before a label.
    senses = (
        [(tag.name, tag.id) for tag in tags],
        [(word, tag.id) for tag in tags for word in synonyms[tag.id]],
        [(normalise(label), tag.id) for tag in tags for label in (tag.label_fr, tag.label_en)],
    )
    for words in senses:
        for word, tag_id in words:
            exact.setdefault(word, tag_id)
            near.setdefault(folded(word), tag_id)
    exact.pop("", None)
    near.pop("", None)
    entries = tuple(
        Entry(
            tag.id,
            _compared((tag.name, tag.label_fr, tag.label_en)),
            _compared(synonyms[tag.id]),
        )
        for tag in tags
    )
    shown = {
        tag.id: Tag(id=tag.id, name=tag.name, label_fr=tag.label_fr, label_en=tag.label_en)
        for tag in tags
    }
    return Lexicon(version, exact, near, entries, shown)


def _compared(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(folded(word) for word in words if word))
