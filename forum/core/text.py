"""Slugs, excerpts and whitespace."""

import re
import unicodedata

from slugify import slugify

_SPACE = re.compile(r"\s+")
_BREAKABLE = re.compile(r"[^\S\u00a0\u202f]+")
_BESIDE_MARK = re.compile(r"(?<!\s) (?=[:;?!»%€](?!\w))|(?<=«) ")


def slug(title: str, *, fallback: str = "topic") -> str:
    """The title as it stands in an address, at most 80 characters."""
    made = slugify(title, max_length=80, word_boundary=True)
    # Only digits would pass for an id: /t/1993/4 is post 4 of topic 1993.
    return f"{fallback}-{made}" if made.isdigit() else made or fallback


def squeeze(text: str) -> str:
    """The text on one line, with single spaces."""
    return _SPACE.sub(" ", text).strip()


def flat(text: str) -> str:
    """The same, but spaces that keep words together stay."""
    return _BREAKABLE.sub(" ", text).strip()


def excerpt(text: str, length: int = 220) -> str:
    """The beginning of a text, cut at a word, in characters."""
    line = flat(text)
    if len(line) <= length:
        return line
    return line[: length + 1].rsplit(" ", 1)[0].rstrip(" \u00a0\u202f,;:.") + "…"


def fold(text: str) -> str:
    """Lower case without accents, for comparing what people type."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def bound(text: str) -> str:
    """The text with the spaces that French puts beside its marks kept from breaking the line."""
    return _BESIDE_MARK.sub("\u202f", text)
