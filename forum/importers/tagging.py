"""Tags for what is brought in, made where they are missing."""

from collections.abc import Mapping

from forum.core.database import transaction
from forum.core.text import squeeze
from forum.tags import service
from forum.tags.words import LONGEST, normalise


def tag_ids(labels: Mapping[str, str]) -> dict[str, int]:
    """The tag each word means; a new one gets the label, in both languages."""
    found = {}
    with transaction():
        for word, label in labels.items():
            name = normalise(word)[:LONGEST].strip("-._")
            if not name:
                continue
            tag = service.resolve([name], may_create=True)[0]
            if not tag.label_fr and label != tag.name:
                tag.label_fr = tag.label_en = squeeze(label)[: service.LONGEST_LABEL]
            found[word] = tag.id
    return found
