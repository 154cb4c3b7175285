"""The categories and tags of the demo community."""

from sqlalchemy import insert

from forum.accounts.models.group import EVERYONE, MEMBERS, STAFF
from forum.categories.models import CREATE, REPLY, SEE, Category, CategoryGroup
from forum.core import clock, versions
from forum.core.database import session
from forum.importers.sample.files import Section, sections
from forum.tags.models import Tag, TagSynonym

LEVELS = {"see": SEE, "reply": REPLY, "create": CREATE}
OPEN_TO_ALL = {EVERYONE: SEE, MEMBERS: CREATE}


def lay_out(groups: dict[str, int]) -> tuple[dict[str, int], dict[str, int]]:
    """Write categories and tags down; gives the ids of both by name."""
    group_ids = groups | {"everyone": EVERYONE, "staff": STAFF}
    categories: dict[str, int] = {}
    rights: dict[str, dict[int, int]] = {}
    for section in sections("categories.md"):
        parent = section.get("parent")
        rights[section.slug] = _rights(section, group_ids) or rights.get(parent, OPEN_TO_ALL)
        categories[section.slug] = _category(
            section, categories.get(parent), private=EVERYONE not in rights[section.slug]
        )
    session.execute(
        insert(CategoryGroup),
        [
            {"category_id": categories[slug], "group_id": group_id, "level": level}
            for slug, levels in rights.items()
            for group_id, level in levels.items()
        ],
    )
    versions.step("categories")
    return categories, _tags()


def _rights(section: Section, group_ids: dict[str, int]) -> dict[int, int]:
    pairs = (pair.split(": ") for pair in section.many("rights"))
    return {group_ids[group]: LEVELS[level] for group, level in pairs}


def _category(section: Section, parent_id: int | None, *, private: bool) -> int:
    category = Category(
        parent_id=parent_id,
        slug=section.slug,
        name_fr=section["name_fr"],
        name_en=section["name_en"],
        description_fr=section.get("description_fr"),
        description_en=section.get("description_en"),
        hue=int(section["hue"]),
        lang=section.get("lang", "both"),
        kind=section.get("kind", "discussion"),
        position=int(section["position"]),
        private=private,
        created_at=clock.now(),
    )
    session.add(category)
    session.flush()
    return category.id


def _tags() -> dict[str, int]:
    tags = sections("tags.md")
    moment = clock.now()
    rows = [
        {
            "name": tag.slug,
            "label_fr": tag["label_fr"],
            "label_en": tag["label_en"],
            "created_at": moment,
        }
        for tag in tags
    ]
    made = session.scalars(insert(Tag).returning(Tag.id, sort_by_parameter_order=True), rows)
    ids = {tag.slug: tag_id for tag, tag_id in zip(tags, made, strict=True)}
    synonyms = [
        {"name": word, "tag_id": ids[tag.slug]} for tag in tags for word in tag.many("synonyms")
    ]
    session.execute(insert(TagSynonym), synonyms)
    versions.step("tags")
    return ids
