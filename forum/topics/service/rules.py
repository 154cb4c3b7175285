"""What a title and a body must be before they are taken; numbers are Discourse's defaults."""

from datetime import timedelta

from sqlalchemy import select

from forum.accounts.models.user import User
from forum.core import clock
from forum.core.database import session
from forum.core.errors import Invalid
from forum.core.i18n import _, ngettext
from forum.core.markup.cooked import Cooked
from forum.core.text import squeeze
from forum.topics import settings
from forum.topics.models.post import Post

SAME_POST_MINUTES = 5
NEW_MEMBER_LINKS, NEW_MEMBER_IMAGES, NEW_MEMBER_MENTIONS = 2, 1, 2


def sound_title(title: str) -> str:
    """The title on one line, or what is wrong with it."""
    title = squeeze(title)
    shortest, longest = settings.MIN_TITLE(), settings.MAX_TITLE()
    if len(title) < shortest:
        raise Invalid(
            ngettext(
                "A title needs at least %(count)s character: say what it is about.",
                "A title needs at least %(count)s characters: say what it is about.",
                shortest,
            ),
            "title",
        )
    if len(title) > longest:
        raise Invalid(_("A title has at most %(longest)s characters.", longest=longest), "title")
    letters = [c for c in title if c.isalpha()]
    if not letters:
        raise Invalid(_("A title needs words."), "title")
    if len(letters) > 8 and title.upper() == title and title.lower() != title:
        raise Invalid(_("A title in capitals only is hard to read: use small letters."), "title")
    return title


def sound_body(raw: str) -> str:
    """The body without outer blanks, or what is wrong with it."""
    raw = raw.replace("\r\n", "\n").strip()
    shortest, longest = settings.MIN_BODY(), settings.MAX_BODY_BYTES()
    if len(raw) < shortest:
        raise Invalid(
            ngettext(
                "A post needs at least %(count)s character.",
                "A post needs at least %(count)s characters.",
                shortest,
            ),
            "raw",
        )
    if len(raw.encode(errors="surrogatepass")) > longest:
        raise Invalid(
            _("A post has at most %(kilobytes)s KB of text.", kilobytes=longest // 1024), "raw"
        )
    return raw


def refuse_excess(author: User, cooked: Cooked) -> None:
    """A new member's links, pictures and mentions are few, until the community knows him."""
    if author.trust_level > 0 or author.is_staff:
        return
    if len(cooked.links) > NEW_MEMBER_LINKS:
        raise Invalid(_("New members may put at most two links in a post."), "raw")
    if cooked.image_count > NEW_MEMBER_IMAGES:
        raise Invalid(_("New members may put at most one picture in a post."), "raw")
    if len(cooked.mentions) > NEW_MEMBER_MENTIONS:
        raise Invalid(_("New members may mention at most two people in a post."), "raw")


def refuse_repeat(author: User, raw: str) -> None:
    """The same text twice in five minutes is a slip of the hand."""
    since = clock.now() - timedelta(minutes=SAME_POST_MINUTES)
    same = session.scalar(
        select(Post.id)
        .where(Post.author_id == author.id, Post.created_at > since, Post.raw == raw)
        .where(Post.deleted_at.is_(None))
        .limit(1)
    )
    if same is not None:
        raise Invalid(_("You have just posted this text."), "raw")
