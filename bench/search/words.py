"""Words as the baselines see them: small letters without accents, and nothing more clever.

Apart from the forum's own analysis, so that a change there moves the forum's figures only.
"""

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+")
_NOT_SAID = re.compile("[^\\w'\u2019-]+|_+")
_EDGES = "-'\u2019"


def folded(text: str) -> str:
    """Small letters without accents."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


def folded_words(text: str) -> list[str]:
    """The words of a text, in order."""
    return _WORD.findall(folded(text))


def said(text: str) -> str:
    """A text as one types it into a search box: its words, nothing that a query language reads."""
    words = (word.strip(_EDGES) for word in _NOT_SAID.sub(" ", text.lower()).split())
    return " ".join(word for word in words if word)
