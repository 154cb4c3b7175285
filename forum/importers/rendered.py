"""A post as the workers hand it over: plain values that travel between processes."""

from dataclasses import dataclass, field
from typing import NamedTuple


class Author(NamedTuple):
    """Who wrote it: a key that is always the same for a person, and the name to show."""

    key: str
    name: str


NOBODY = Author("", "")


class File(NamedTuple):
    """A file kept with a post."""

    name: str
    mime: str
    content: bytes


@dataclass
class Rendered:
    """A cooked post. `notes` are names of counts in the report; with a `refusal` nothing is kept."""

    author: Author = NOBODY
    raw: str = ""
    html: str = ""
    text: str = ""
    excerpt: str = ""
    lang: str = "en"
    files: list[File] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    refusal: str = ""
