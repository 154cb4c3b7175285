"""How much: `min_posts:`, `max_posts:`, `posts_count:`, `min_views:`, `max_views:`."""

from collections.abc import Callable

from sqlalchemy import ColumnElement, select

from forum.categories.policies import Viewer
from forum.core.i18n import LazyText, lazy
from forum.search.grammar.operators import Meaning, Operator, Read
from forum.search.grammar.values import number
from forum.search.question import Among
from forum.topics.models.topic import Topic

Fits = Callable[[int], ColumnElement[bool]]


def _counting(label: LazyText, fits: Fits) -> Read:
    def read(value: str, _viewer: Viewer) -> Meaning:
        count = number(value)
        topics = select(Topic.id).where(fits(count))
        return Meaning(str(label) % {"count": count}, Among("topic", topics))

    return read


OPERATORS = (
    Operator(
        "min_posts", "min_messages", lazy("also max_posts, posts_count"),
        ("min_posts:10", "min_messages:10"),
        _counting(lazy("posts: %(count)s or more"), lambda count: Topic.posts_count >= count),
        also=("min_post_count",),
    ),
    Operator(
        "max_posts", "max_messages", lazy("posts of the topic"), ("max_posts:3", "max_messages:3"),
        _counting(lazy("posts: %(count)s or fewer"), lambda count: Topic.posts_count <= count),
    ),
    Operator(
        "posts_count", "nombre_messages", lazy("posts of the topic"),
        ("posts_count:1", "nombre_messages:1"),
        _counting(lazy("posts: %(count)s"), lambda count: Topic.posts_count == count),
    ),
    Operator(
        "min_views", "min_vues", lazy("also max_views"), ("min_views:100", "min_vues:100"),
        _counting(lazy("views: %(count)s or more"), lambda count: Topic.views >= count),
    ),
    Operator(
        "max_views", "max_vues", lazy("views of the topic"), ("max_views:50", "max_vues:50"),
        _counting(lazy("views: %(count)s or fewer"), lambda count: Topic.views <= count),
    ),
)  # fmt: skip
