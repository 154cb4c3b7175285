"""Cooking a post in its place: which names become links there."""

from collections.abc import Collection, Mapping

from sqlalchemy import select, tuple_

from forum.accounts import queries as accounts
from forum.accounts.guest import Guest
from forum.accounts.models.user import User
from forum.categories import queries as categories
from forum.config import config
from forum.core.database import session
from forum.core.markup.context import CategoryLink, Context, QuoteLink, QuoteSource, TagLink
from forum.core.markup.cooked import Cooked
from forum.core.markup.markdown import cook
from forum.tags.models import Tag
from forum.topics.models.post import Post
from forum.topics.models.topic import Topic
from forum.topics.queries import tags


class PlaceLinks:
    """Looks names up for a post in one category; tells nothing its readers may not see."""

    def __init__(self, category_id: int | None) -> None:
        self.category_id = category_id

    def resolve_mentions(self, usernames: Collection[str]) -> Mapping[str, str]:
        return accounts.paths_by_username(set(usernames))

    def resolve_categories(self, slugs: Collection[str]) -> Mapping[str, CategoryLink]:
        found = categories.by_slugs(slugs)
        return {s: CategoryLink(c.path, c.name, c.hue) for s, c in found.items()}

    def resolve_tags(self, names: Collection[str]) -> Mapping[str, TagLink]:
        rows = session.scalars(
            select(Tag).where(Tag.name.in_(names), tags.known_to(self._reader()))
        )
        return {tag.name: TagLink(tag.path, tag.label) for tag in rows}

    def resolve_quotes(self, sources: Collection[QuoteSource]) -> Mapping[QuoteSource, QuoteLink]:
        rows = session.execute(
            select(Topic.id, Topic.category_id, Post.id.label("post_id"), Post.number)
            .add_columns(User.username, User.name)
            .join(Post, Post.topic_id == Topic.id)
            .join(User, User.id == Post.author_id)
            .where(
                tuple_(Topic.id, Post.number).in_([(s.topic_id, s.post_number) for s in sources]),
                Topic.deleted_at.is_(None),
                Post.deleted_at.is_(None),
            )
        ).all()
        open_to_all = {row for row in rows if self._readable(row.category_id)}
        found = {(row.id, row.number): row for row in open_to_all}
        links = {}
        for source in sources:
            row = found.get((source.topic_id, source.post_number))
            if row is not None and row.username.lower() == source.username.lower():
                # Without the title: it may change, or be told to fewer, after the quoting.
                links[source] = QuoteLink(f"/p/{row.post_id}", row.name or row.username)
        return links

    def _reader(self) -> Guest:
        """Somebody who reads the post and no other closed place."""
        reader = Guest()
        reader.visible_category_ids = categories.open_beside(self.category_id)
        return reader

    def _readable(self, category_id: int) -> bool:
        """By everyone who reads the post that quotes."""
        return category_id == self.category_id or not categories.by_id(category_id).private


def cook_post(raw: str, *, category_id: int | None, post_id: int | None = None) -> Cooked:
    """A post's HTML and words. Without an id yet, as in a preview, footnotes begin with p0."""
    context = Context(
        links=PlaceLinks(category_id),
        footnote_prefix=f"p{post_id or 0}",
        base_url=config().base_url,
    )
    return cook(raw, context)
