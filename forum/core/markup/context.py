"""What the cook must be told about the place a post lives in: who and what exists, and its own host."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, Protocol
from urllib.parse import SplitResult, urlsplit


class QuoteSource(NamedTuple):
    """The post that a quote says it was taken from."""

    username: str
    topic_id: int
    post_number: int


class QuoteLink(NamedTuple):
    """Where the quoted post is, and the name its author is shown under."""

    path: str
    name: str


class CategoryLink(NamedTuple):
    """A category that a `#slug` leads to; `hue` is the number of its colour, 1 to 8."""

    path: str
    label: str
    hue: int


class TagLink(NamedTuple):
    """A tag that a `#name` leads to."""

    path: str
    label: str


class Links(Protocol):
    """Looks names up in batches: each method is called at most once a post, never with nothing.

    Names come in NFC and lower case; what does not exist, or may not be shown to every reader of
    the post, is simply left out of the answer.
    """

    def resolve_mentions(self, usernames: Collection[str]) -> Mapping[str, str]:
        """The path of each member."""

    def resolve_categories(self, slugs: Collection[str]) -> Mapping[str, CategoryLink]:
        """The categories among these slugs."""

    def resolve_tags(self, names: Collection[str]) -> Mapping[str, TagLink]:
        """The tags among these names; asked only for what is no category."""

    def resolve_quotes(self, sources: Collection[QuoteSource]) -> Mapping[QuoteSource, QuoteLink]:
        """The posts among these sources."""


class NoLinks:
    """A place where nobody and nothing is known: names stay plain text."""

    def resolve_mentions(self, usernames: Collection[str]) -> Mapping[str, str]:
        return {}

    def resolve_categories(self, slugs: Collection[str]) -> Mapping[str, CategoryLink]:
        return {}

    def resolve_tags(self, names: Collection[str]) -> Mapping[str, TagLink]:
        return {}

    def resolve_quotes(self, sources: Collection[QuoteSource]) -> Mapping[QuoteSource, QuoteLink]:
        return {}


_NOBODY = NoLinks()


@dataclass(frozen=True)
class Context:
    """Everything a post is cooked with besides its own text.

    `footnote_prefix` (such as "p118") keeps the footnotes of two posts on one page apart;
    `base_url` is our own address, so that absolute links home become paths.
    """

    links: Links = _NOBODY
    footnote_prefix: str = "p0"
    base_url: str = ""

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[a-z][a-z0-9]{0,30}", self.footnote_prefix):
            raise ValueError(f"not a footnote prefix: {self.footnote_prefix!r}")

    @cached_property
    def home(self) -> SplitResult:
        return urlsplit(self.base_url)
