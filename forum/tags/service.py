"""Every change to tags."""

from collections.abc import Collection, Iterable

from sqlalchemy import delete, select, update

from forum.core import clock, text, versions
from forum.core.database import insert_once, session
from forum.core.errors import Invalid, require
from forum.core.i18n import _
from forum.tags import policies, queries
from forum.tags.models import Tag, TagSynonym
from forum.tags.policies import Viewer
from forum.tags.words import LONGEST, normalise

LONGEST_LABEL = 60
MOST_SYNONYMS = 30


def create(
    name: str,
    *,
    by: Viewer,
    label_fr: str = "",
    label_en: str = "",
    synonyms: Collection[str] = (),
) -> Tag:
    """A new tag with its labels and synonyms."""
    require(policies.can_manage(by))
    word = _sound(name)
    if queries.lexicon().exact.get(word) is not None:
        raise Invalid(_("“%(word)s” already means a tag.", word=word), "name")
    tag = _make(word)
    _label(tag, label_fr, label_en)
    _set_synonyms(tag, synonyms)
    return tag


def change(
    tag: Tag,
    *,
    by: Viewer,
    label_fr: str,
    label_en: str,
    synonyms: Collection[str],
) -> None:
    """Other labels and synonyms. The name stays: it is the address."""
    require(policies.can_manage(by))
    _label(tag, label_fr, label_en)
    _set_synonyms(tag, synonyms)
    versions.step("tags")


def resolve(names: Iterable[str], *, may_create: bool) -> list[Tag]:
    """The tags that typed words mean, each once; unknown words become tags if that is allowed."""
    words = [word for word in dict.fromkeys(normalise(name) for name in names) if word]
    if not words:
        return []
    known = queries.lexicon()
    found = {word: known.find(word) for word in words}
    unknown = [word for word, tag_id in found.items() if tag_id is None]
    if unknown and not may_create:
        raise Invalid(
            _(
                "There is no tag “%(word)s” yet, and you may not make new ones.",
                word=unknown[0],
            ),
            "tags",
        )
    made = {word: _make(_sound(word)) for word in unknown}
    tags = queries.by_ids({tag_id for tag_id in found.values() if tag_id is not None})
    in_order = [made[word] if tag_id is None else tags[tag_id] for word, tag_id in found.items()]
    return list(dict.fromkeys(in_order))


def absorb(tag: Tag, *, into: Tag, by: Viewer) -> None:
    """Make a tag a synonym of another.

    What was tagged with it must have been tagged anew before: the tag is gone afterwards.
    """
    require(policies.can_manage(by))
    if tag.id == into.id:
        raise Invalid(_("A tag cannot be merged with itself."), "into")
    name = tag.name
    session.execute(update(TagSynonym).where(TagSynonym.tag_id == tag.id).values(tag_id=into.id))
    session.execute(delete(Tag).where(Tag.id == tag.id))
    session.add(TagSynonym(name=name, tag_id=into.id))
    session.flush()
    versions.step("tags")


def remove(tag: Tag, *, by: Viewer) -> None:
    """Delete a tag; what was tagged loses it."""
    require(policies.can_manage(by))
    session.execute(delete(Tag).where(Tag.id == tag.id))
    versions.step("tags")


def _sound(name: str) -> str:
    word = normalise(name)
    if not 0 < len(word) <= LONGEST:
        raise Invalid(_("A tag has 1 to %(most)s characters.", most=LONGEST), "tags")
    return word


def _make(word: str) -> Tag:
    versions.step("tags")  # first, so that those who make tags at once take turns
    insert_once(Tag, name=word, created_at=clock.now())
    return session.scalars(select(Tag).where(Tag.name == word)).one()


def _label(tag: Tag, label_fr: str, label_en: str) -> None:
    for name, label in (("label_fr", label_fr), ("label_en", label_en)):
        written = text.squeeze(label)
        if len(written) > LONGEST_LABEL:
            raise Invalid(_("A label has at most %(most)s characters.", most=LONGEST_LABEL), name)
        setattr(tag, name, written)


def _set_synonyms(tag: Tag, synonyms: Collection[str]) -> None:
    words = {normalise(synonym) for synonym in synonyms} - {"", tag.name}
    if len(words) > MOST_SYNONYMS or any(len(word) > LONGEST for word in words):
        raise Invalid(_("At most %(most)s short synonyms.", most=MOST_SYNONYMS), "synonyms")
    taken = _meaning_another(tag, words)
    if taken:
        raise Invalid(_("“%(word)s” already means another tag.", word=taken[0]), "synonyms")
    session.execute(delete(TagSynonym).where(TagSynonym.tag_id == tag.id))
    session.add_all(TagSynonym(name=word, tag_id=tag.id) for word in sorted(words))
    session.flush()


def _meaning_another(tag: Tag, words: set[str]) -> list[str]:
    names = select(Tag.name).where(Tag.name.in_(words), Tag.id != tag.id)
    synonyms = select(TagSynonym.name).where(
        TagSynonym.name.in_(words), TagSynonym.tag_id != tag.id
    )
    return sorted(session.scalars(names.union(synonyms)))
