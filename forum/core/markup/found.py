"""What a parsed post holds, and what of it exists: gathered from the tokens, looked up in one batch."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from markdown_it.token import Token

from forum.core.markup import urls
from forum.core.markup.context import CategoryLink, Links, QuoteLink, QuoteSource, TagLink


@dataclass(frozen=True)
class Inventory:
    """Everything named in a post; what stands inside a quoted post is somebody else's word."""

    usernames: tuple[str, ...]
    own_usernames: frozenset[str]
    hashtags: tuple[str, ...]
    sources: tuple[QuoteSource, ...]
    links: tuple[str, ...]
    image_count: int


@dataclass(frozen=True)
class Found:
    """Which of the names exist."""

    members: Mapping[str, str]
    categories: Mapping[str, CategoryLink]
    tags: Mapping[str, TagLink]
    quotes: Mapping[QuoteSource, QuoteLink]


def take_inventory(tokens: Iterable[Token]) -> Inventory:
    usernames: dict[str, None] = {}
    own_usernames: set[str] = set()
    hashtags: dict[str, None] = {}
    sources: dict[QuoteSource, None] = {}
    links: dict[str, None] = {}
    image_count = 0
    for token, quoted in _with_quoting(tokens):
        match token.type:
            case "mention":
                usernames[token.meta["key"]] = None
                if not quoted:
                    own_usernames.add(token.meta["key"])
            case "hashtag":
                hashtags[token.meta["key"]] = None
            case "link_open" if urls.is_external(href := str(token.attrs.get("href", ""))):
                links[href] = None
            case "image":
                image_count += 1
            case "quote_open" if source := token.meta.get("source"):
                sources[source] = None
    return Inventory(
        tuple(usernames),
        frozenset(own_usernames),
        tuple(hashtags),
        tuple(sources),
        tuple(links),
        image_count,
    )


def look_up(inventory: Inventory, links: Links) -> Found:
    members = links.resolve_mentions(inventory.usernames) if inventory.usernames else {}
    categories = links.resolve_categories(inventory.hashtags) if inventory.hashtags else {}
    others = tuple(name for name in inventory.hashtags if name not in categories)
    tags = links.resolve_tags(others) if others else {}
    quotes = links.resolve_quotes(inventory.sources) if inventory.sources else {}
    return Found(members, categories, tags, quotes)


def _with_quoting(tokens: Iterable[Token]) -> Iterator[tuple[Token, bool]]:
    """Every token, inline ones included, and whether it stands inside a quoted post."""
    depth = 0
    for token in tokens:
        if token.type == "quote_close":
            depth -= 1
        yield token, depth > 0
        if token.type == "quote_open":
            depth += 1
        for child in token.children or ():
            yield child, depth > 0
