"""The result of cooking."""

from dataclasses import dataclass

# Raise it when the same text would cook to other HTML: `Post.cooked_version` says by which recipe.
COOKING_VERSION = 2


@dataclass(frozen=True)
class Cooked:
    """A post ready to be shown, kept, searched and announced.

    `text` is plain text for excerpts: without code and quoted posts, unless there is nothing else.
    `search_text` is what the author wrote, code included, quoted posts left out. `mentions` are
    lower-case usernames that exist, `quotes` the (topic id, post number) of quoted posts that
    exist, `links` external addresses; each once, in order of appearance.
    """

    html: str
    text: str
    search_text: str
    mentions: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    quotes: tuple[tuple[int, int], ...] = ()
    image_count: int = 0
    version: int = COOKING_VERSION
