"""What to offer while someone types."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any
from urllib.parse import urlencode

from forum.accounts.models.user import User
from forum.categories import queries as categories
from forum.categories.models import Category
from forum.categories.policies import Viewer
from forum.core import text as texts
from forum.search import analysis, completion, places, settings
from forum.search.completion import Completion
from forum.tags.models import Tag

SHORTEST = 2
TOPICS, OF_EACH, MOST = 4, 2, 10


@dataclass(frozen=True)
class Suggestion:
    """A place to go: a topic, member, category, tag or company. Or a text that goes on.

    `marks` are where in the label stands what was typed: beginnings and lengths.
    """

    kind: str
    id: int
    label: str
    detail: str
    path: str
    hue: int | None = None
    text: str | None = None
    marks: tuple[tuple[int, int], ...] = ()


def spend(viewer: Viewer, network: str) -> None:
    """Count one question; people ask as often as they type."""
    if viewer.is_guest:
        settings.SUGGEST_GUEST.spend(network)
    else:
        settings.SUGGEST_MEMBER.spend(viewer.id)


def suggest(viewer: Viewer, typed: str) -> list[Suggestion]:
    """At most ten things that what the viewer types may mean."""
    finished = typed.endswith(" ")
    typed = texts.squeeze(typed.replace("\x00", ""))[:100]
    if not finished and completion.is_operator(typed):
        return [_completion(found) for found in completion.values(viewer, typed)]
    if len("".join(analysis.words(typed))) < SHORTEST:
        return []
    if typed.startswith("@"):
        return _marked(map(_member, places.members(typed[1:], MOST)), typed)
    if typed.startswith("#"):
        return _marked(islice(_labels(viewer, typed[1:], MOST), MOST), typed)
    return _marked(_mixed(viewer, typed), typed)


def _mixed(viewer: Viewer, typed: str) -> list[Suggestion]:
    """Topics first; as many as leave room for some of everything else."""
    plain = completion.without_operators(typed)
    if not analysis.words(plain):
        return []
    others = [
        *map(_member, places.members(plain, OF_EACH)),
        *_labels(viewer, plain, OF_EACH),
        *map(_company, places.companies(viewer, plain, OF_EACH)),
        *map(_completion, islice(completion.names(typed), OF_EACH)),
    ][: MOST - TOPICS]
    found = places.topics(viewer, plain, MOST - len(others))
    return [*map(_topic, found), *others]


def _labels(viewer: Viewer, typed: str, most: int) -> Iterator[Suggestion]:
    yield from map(_category, islice(places.fitting_categories(viewer, typed), most))
    yield from map(_tag, places.tags(viewer, typed)[:most])


def _topic(row: Any) -> Suggestion:
    place = categories.by_id(row.category_id)
    return Suggestion("topic", row.id, row.title, place.name, f"/t/{row.slug}/{row.id}", place.hue)


def _member(user: User) -> Suggestion:
    detail = user.company or f"@{user.username}"
    return Suggestion("member", user.id, user.display_name, detail, user.path)


def _category(category: Category) -> Suggestion:
    return Suggestion("category", category.id, category.name, "", category.path, category.hue)


def _tag(tag: Tag) -> Suggestion:
    return Suggestion("tag", tag.id, tag.label, "", tag.path)


def _company(name: str) -> Suggestion:
    query = 'company:"{}"'.format(name.replace('"', " "))
    return Suggestion("company", 0, name, "", f"/search?{urlencode({'q': query})}")


def _completion(found: Completion) -> Suggestion:
    return Suggestion("operator", 0, found.label, found.detail, "", text=found.text)


def _marked(found: Iterable[Suggestion], typed: str) -> list[Suggestion]:
    wanted = analysis.words(typed)
    return [replace(one, marks=tuple(_marks(one.label, wanted))) for one in found]


def _marks(label: str, wanted: list[str]) -> Iterator[tuple[int, int]]:
    """Where words of a label begin with one that was typed."""
    for start, end, word in analysis.spans(label):
        fitting = [len(one) for one in wanted if word.startswith(one)]
        if fitting:
            yield start, min(max(fitting), end - start)
