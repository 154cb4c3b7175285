"""The front page, a member's activity, about, drafts."""

from flask import Blueprint, redirect, render_template
from werkzeug.wrappers import Response

from forum.accounts import queries as accounts
from forum.accounts.models.user import User
from forum.categories import queries as categories
from forum.categories import unread as category_unread
from forum.core.errors import NotFound
from forum.opportunities import queries as opportunities
from forum.opportunities import words
from forum.pages import queries
from forum.topics import policies
from forum.topics.queries import activity, lists, unread
from forum.web import navigation
from forum.web.forms import page_cursor
from forum.web.guards import animateur_only, member_only, viewer
from forum.web.kept_pages import kept_for_guests

bp = Blueprint("pages", __name__)
Page = str | Response
STRIP, LATEST = 3, 12
SETTLED, RECENT = 3, 5


@bp.get("/")
@kept_for_guests
def home() -> Page:
    """What is new to the viewer, the categories, the latest topics."""
    counts = unread.of_this_request(viewer())
    return render_template(
        "pages/home.html",
        waiting=sum(n + u for n, u in counts.values()),
        open_opportunities=opportunities.count_open(viewer()),
        strip=opportunities.closing_next(viewer(), STRIP),
        card_words=words.of_cards(),
        branches=categories.branches(viewer()),
        unread=category_unread.counts(viewer()),
        topics=lists.latest(viewer()),
        shown=LATEST,
        category_of=categories.by_id,
        may_create=policies.can_create_anywhere(viewer()),
    )


@bp.get("/about")
def about() -> Page:
    """What this place is, who keeps it, how lively it is."""
    return render_template(
        "pages/about.html", figures=queries.figures(viewer()), team=queries.team()
    )


@bp.get("/u/<username>/activity")
@bp.get("/u/<username>/activity/<name>")
def user_activity(username: str, name: str = "topics") -> Page:
    """What someone began or answered, as far as the viewer may see it."""
    person = accounts.visible(viewer(), username)
    if person.username != username:
        return redirect(f"{person.path}/activity/{name}", 301)
    if name == "topics":
        topics = lists.by_author(viewer(), person, after=page_cursor())
        return _activity(person, name, topics=topics, cursor=topics.cursor)
    if name == "replies":
        posts = activity.posts_by(viewer(), person, after=page_cursor())
        return _activity(person, name, posts=posts, cursor=posts.cursor)
    raise NotFound


@bp.get("/u/<username>/highlights")
def highlights(username: str) -> Page:
    """What stands out of what someone wrote: a fragment for the profile."""
    person = accounts.visible(viewer(), username)
    replies = activity.posts_by(viewer(), person)
    return render_template(
        "pages/_highlights.html",
        user=person,
        settled=activity.settled_by(viewer(), person, SETTLED),
        topics=activity.discussed_of(viewer(), person, RECENT),
        replies=replies.items[:RECENT],
        category_of=categories.by_id,
    )


@bp.get("/admin")
@animateur_only
def administration() -> Page:
    """The first of the staff screens that are open to the viewer."""
    return redirect(navigation.Navigation(viewer()).admin[0].path)


@bp.get("/my/drafts")
@member_only
def my_drafts() -> Page:
    """Everything the member has begun to write."""
    return render_template("pages/drafts.html", drafts=queries.drafts(viewer()))


def _activity(person: User, name: str, *, cursor: str | None, **found: object) -> str:
    return render_template(
        "pages/activity.html",
        user=person,
        written=activity.written_by(viewer(), person),
        name=name,
        tab=name,
        older=f"?after={cursor}" if cursor else None,
        category_of=categories.by_id,
        **found,
    )
