"""Tags for what is brought in, made where they are missing."""

from collections.abc import Mapping

from forum.core.database import transaction
from forum.core.text import excerpt
from forum.tags import service
from forum.tags.words import LONGEST, normalise


def tag_ids(labels: Mapping[str, str]) -> dict[str, int]:
    """The tag each word means; a new one gets the label, in both languages."""
    found = {}
    with transaction():
        for word, label in labels.items():
            name = _name(word)
            if not name:
                continue
            tag = service.resolve([name], may_create=True)[0]
            if not tag.label_fr and label != tag.name:
                tag.label_fr = tag.label_en = excerpt(label, service.LONGEST_LABEL - 1)
            found[word] = tag.id
    return found


def _name(word: str) -> str:
    """The word as a tag is named; a longer one ends where one of its own words does."""
    name = normalise(word)
    if len(name) > LONGEST:
        name = name[: LONGEST + 1].rpartition("-")[0] or name[:LONGEST]
    return name.strip("-._")
