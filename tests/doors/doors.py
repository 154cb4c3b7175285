"""Every door of the house through which something might be heard of a topic.

A row: what it is called, where one knocks, and which words of the secret whoever may know them
finds behind it. An address leads to a thing itself; a list, a count or a search shows what is
listed. Some doors are not for everyone who may know: `only` says for whom they are.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlalchemy import select

from forum.alerts.models import SavedSearch
from forum.core.database import session
from tests.doors.secrets import WORDS, Secret
from tests.support.listener import Listener
from tests.support.visitor import Visitor

PROGRAM = {"Accept": "application/json"}
MEMBERS, NOT_THE_AUTHOR, AUTHOR, WRITERS, STAFF = "members", "others", "author", "writers", "staff"


@dataclass(frozen=True)
class Caller:
    """Someone before the doors, with a browser that is his."""

    name: str
    browser: Visitor


@dataclass(frozen=True)
class Door:
    """One of them. `knock` gives everything the caller hears, heads of the answer included."""

    name: str
    knock: Callable[[Caller, Secret], str]
    tells: frozenset[str]
    listing: bool
    only: str = ""
    typed: str = ""  # the one word that the caller knows already, or he could not ask


def at(path: str, **options: Any) -> Callable[[Caller, Secret], str]:
    """Ask for a page, and follow where it leads."""

    def knock(caller: Caller, secret: Secret) -> str:
        answer = caller.browser.get(path.format_map(secret.ids), **options)
        heard = heads_and_body(answer)
        while answer.location:
            answer = caller.browser.get(answer.location, **options)
            heard += heads_and_body(answer)
        return heard

    return knock


def room(name: str, sign: str) -> Callable[[Caller, Secret], str]:
    """Ask to hear a room; whoever may is told a word, as a sign."""

    def knock(caller: Caller, secret: Secret) -> str:
        page = Listener(caller.browser.app, caller.browser)
        try:
            joined = page.join(name.format_map(secret.ids)) if page.connected else {}
        finally:
            if page.connected:
                page.hang_up()
        return WORDS[sign] if any(answer["ok"] for answer in joined.values()) else ""

    return knock


def form(path: str, **fields: str) -> Callable[[Caller, Secret], str]:
    """Send a form that changes nothing."""

    def knock(caller: Caller, secret: Secret) -> str:
        content = {name: value.format_map(secret.ids) for name, value in fields.items()}
        return heads_and_body(caller.browser.post(path, content))

    return knock


def own_alert(ending: str) -> Callable[[Caller, Secret], str]:
    """Ask for what one's own saved search has found."""

    def knock(caller: Caller, secret: Secret) -> str:
        mine = select(SavedSearch.id).where(SavedSearch.user_id == caller.browser.user.id)
        number = None if caller.name == "guest" else session.scalar(mine)
        return heads_and_body(caller.browser.get(f"/alerts/{number or 1}{ending}"))

    return knock


def heads_and_body(answer: Any) -> str:
    assert answer.status_code < 500, answer.request.path
    heard = f"{answer.headers}\n{answer.get_data(as_text=True)}"
    answer.close()
    return heard


def address(
    name: str, knock: Any, tells: str, only: str = "", *, listing: bool = False, typed: str = ""
) -> Door:
    if not callable(knock):
        typed, knock = ("tag" if "{tag}" in knock else ""), at(knock)
    return Door(name, knock, frozenset(tells.split()), listing, only, typed)


lists = partial(address, listing=True)


ADDRESSES = [
    address("topic", "/t/-/{topic}", "title body reply label company place file category"),
    address("topic by number alone", "/t/{topic}", "title"),
    address("topic at a post", "/t/-/{topic}/2", "title reply"),
    address("topic at a post by numbers alone", "/t/{topic}/2", "title reply"),
    address("topic.json at a post by numbers alone", "/t/{topic}/2.json", "title reply"),
    address("posts after a number", "/t/{topic}/posts?after=0", "body reply file"),
    address("posts before a number", "/t/{topic}/posts?before=99", "body reply"),
    address("fragment of the first post", "/posts/{post}/fragment", "body file"),
    address("fragment of the reply", "/posts/{reply}/fragment", "reply"),
    address("short address of a post", "/p/{reply}", "title reply"),
    address("post as typed", "/posts/{post}/raw", "body"),
    address("reply as typed", "/posts/{reply}/raw", "reply"),
    address("revisions", "/posts/{post}/revisions", "before"),
    address("editing", "/posts/{post}/edit", "title body", AUTHOR),
    address("answering", "/t/{topic}/reply", "title", WRITERS),
    address("answering with a quote", "/t/{topic}/reply?to=2&quote=1", "reply", WRITERS),
    address("what to read next, there", "/t/{topic}/suggested", ""),
    address("what is about the same, there", "/t/{topic}/related", "title"),
    address("file", "/attachments/{file}", "file bytes"),
    address("card to be changed", "/opportunities/{topic}/edit", "company", AUTHOR),
    address("topic.json", "/t/{topic}.json", "title body reply tag"),
    address("topic.json with a slug", "/t/-/{topic}.json", "title body reply tag"),
    address("topic.json at a post", "/t/-/{topic}/2.json", "title reply"),
    address("topic as JSON by Accept", at("/t/-/{topic}", headers=PROGRAM), "title body reply"),
    address("posts.json of a topic", "/t/{topic}/posts.json?post_ids[]={post}", "body"),
    address("post.json", "/posts/{post}.json", "title body"),
    address("reply.json", "/posts/{reply}.json", "title reply"),
    address("opportunity.json", "/opportunities/{topic}.json", "title company place tag"),
    address("room of the topic", room("topic:{topic}", "title"), "title"),
    address("notifications", "/notifications", "title reply", MEMBERS),
    address("notifications of the bell", "/notifications/recent", "title", MEMBERS),
    address("notifications.json", "/notifications.json", "title", MEMBERS),
    address("drafts", "/my/drafts", "title", MEMBERS),
]
PLACES = [
    lists("category", "/c/-/{place}", "category description title label"),
    lists("category, top", "/c/-/{place}/l/top?period=all", "category title"),
    lists("category, new", "/c/-/{place}/l/new", "category", MEMBERS),
    lists("category.json", "/c/-/{place}.json", "title tag"),
    lists("category, top.json", "/c/-/{place}/l/top.json?period=all", "title"),
    lists("category alone.json", "/c/{place}/show.json", "category description"),
    lists("categories", "/categories", "category description"),
    lists("categories.json", "/categories.json", "category description"),
    lists("menu beside a page", "/about", ""),
    lists("where to write", "/new-topic", "", WRITERS),
    lists("where to publish", "/opportunities/new", "", WRITERS),
    lists("room of the category", room("category:{place}", "category"), "category"),
]
LISTS = [
    lists("home", "/", "title category company"),
    lists("latest", "/latest", "title fresh label"),
    lists("rows of latest", "/latest?rows=only", "title fresh"),
    lists("latest.json", "/latest.json", "title fresh tag"),
    lists("latest as JSON by Accept", at("/latest", headers=PROGRAM), "title fresh"),
    lists("new", "/new", "fresh", NOT_THE_AUTHOR),
    lists("new.json", "/new.json", "fresh", NOT_THE_AUTHOR),
    lists("unread", "/unread", "title", MEMBERS),
    lists("unread.json", "/unread.json", "title", MEMBERS),
    lists("top", "/top?period=all", "title"),
    lists("top of the week", "/top?period=week", "title"),
    lists("top.json", "/top.json?period=all", "title"),
    lists("tag", "/tag/{tag}", "title label"),
    lists("tag.json", "/tag/{tag}.json", "title"),
    lists("tags", "/tags", "label"),
    lists("tags.json", "/tags.json", "tag label"),
    lists("suggested tags", "/tags/filter/search.json?q=vello", "tag label"),
    lists("topics of the author", "/u/{author}/activity", "title fresh"),
    lists("what stands out of the author", "/u/{author}/highlights", "title fresh"),
    lists("what stands out of a member", "/u/{replier}/highlights", "title"),
    lists("replies of a member", "/u/{replier}/activity/replies", "title reply"),
    lists("topics of the author.json", "/topics/created-by/{author}.json", "title fresh"),
    lists("latest posts.json", "/posts.json", "title body reply"),
    lists("what to read next", "/t/{public}/suggested", "title"),
    lists("what is about the same", "/t/{public}/related", ""),
    lists("words like a secret one", "/search?q=brontelixk", "body"),
    lists("opportunities", "/opportunities", "title company"),
    lists("opportunities as a list", "/opportunities?view=list&market={market}", "title company"),
    lists("opportunities.json", "/opportunities.json", "title company place tag"),
    lists("cell of the base", "/base?knowhow={knowhow}&market={market}", "title"),
    lists("search", "/search?q={common}", "title body reply category"),
    lists("facets", "/search/facets?q={common}", "category label"),
    lists("facets in the page", "/search?q={common}&facets=1", "title body reply category label"),
    lists("facets.json", "/search/facets.json?q={common}", "category label"),
    lists(
        "boxes ticked by guessing", "/search?q=mar&tag={tag_id}&category={place}", "category label"
    ),
    lists("search for a reply", "/search?q={common} beside", "title reply"),
    lists("search by author", "/search?q=@{author}", "title body"),
    lists("search.json", "/search.json?q={common} beside", "title reply"),
    lists(
        "titles like one", "/search/similar?title=A shipment of {common}", "title category label"
    ),
    lists("suggestions of topics", "/search/suggestions.json?q={common}", "title"),
    lists("suggestions of companies", "/search/suggestions.json?q=gromb", "company"),
    lists("tags after an operator", "/search/suggestions.json?q=tag:vello", "tag label"),
    lists("suggestions of tags", "/search/suggestions.json?q=%23thraxi", "label"),
    lists("suggestions of places", "/search/suggestions.json?q=ardel", "category"),
    lists("alerts", "/alerts", "title", MEMBERS),
    lists("alerts.json", "/alerts.json", "", MEMBERS),
    lists("what an alert found", own_alert(""), "title reply", MEMBERS),
    lists("what an alert found.json", own_alert(".json"), "title", MEMBERS),
    lists("saving a search", "/alerts/new?q={common}", "", MEMBERS),
    lists("saving a search, its part", "/alerts/new?q={common}&fragment=1", ""),
    lists("admin: tags", "/admin/tags", "label", STAFF),
]
QUOTING = (
    '[quote="{author}, post:1, topic:{topic}"]\nSo it was.\n[/quote]\n\n'
    "#behind-the-door #{tag} @rose /t/-/{topic}"
)
OTHERS = [
    address("public topic that quotes it", "/t/-/{public}", ""),
    address("the same.json", "/t/{public}.json", ""),
    address("preview that quotes it", form("/preview", raw=QUOTING), "", MEMBERS, typed="tag"),
    address("directory", "/u", ""),
    address("profile of the author", "/u/{author}", ""),
    address("suggested members", "/u/search/users.json?term=a", ""),
    address("about", "/about", ""),
    address("page that does not exist", "/t/nothing/999999", ""),
]
DOORS = [*ADDRESSES, *PLACES, *LISTS, *OTHERS]
