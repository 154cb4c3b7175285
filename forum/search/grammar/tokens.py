"""A query cut into words, phrases, operators, parentheses, and what joins them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from forum.search.grammar.operators import Operator, find


class Sort(Enum):
    """What a token is."""

    WORD = auto()
    PHRASE = auto()
    OPERATOR = auto()
    OPEN = auto()
    CLOSE = auto()
    AND = auto()
    OR = auto()
    NOT = auto()


# What asks for something by itself.
SOUGHT = {Sort.WORD, Sort.PHRASE, Sort.OPERATOR}
JOINING = {Sort.AND, Sort.OR}
# In capitals only: small letters are words of a sentence.
_KEYWORDS = {
    "AND": Sort.AND,
    "ET": Sort.AND,
    "OR": Sort.OR,
    "OU": Sort.OR,
    "NOT": Sort.NOT,
    "SAUF": Sort.NOT,
}


@dataclass(frozen=True)
class Token:
    """A part of the query, from `start` to `end`; `refused` by the minus before it."""

    sort: Sort
    start: int
    end: int
    # A word or phrase without quotes, or the value of an operator.
    text: str = ""
    refused: bool = False
    operator: Operator | None = None
    distance: int | None = None
    # A phrase whose closing mark is missing.
    ends: bool = True


# Quotes of every sort are one sort, letter for letter, so that places stay places.
_QUOTES = str.maketrans(dict.fromkeys("“”„«»", '"') | dict.fromkeys("\u2018\u2019", "'"))
_MINUS = r"(?P<minus>-(?![\s)|]|$))?"
# A value may quote what has spaces in it, and name several: category:"cold chain",harbours
_VALUE = r"""(?:"[^"]*"?|[^\s"()|,+]+)?(?:[,+](?:"[^"]*"?|[^\s"()|,+]+)?)*"""
_OPERATOR = re.compile(
    rf"""
    {_MINUS}
    (?:
        (?P<name>[^\W\d_](?:[-_]?[^\W\d_]){{1,24}}):(?P<value>{_VALUE})
      | (?P<sign>[@#])(?P<signed>[^\s"()|]+)
    )
    """,
    re.VERBOSE,
)
_OTHER = re.compile(
    rf"""
    {_MINUS}
    (?:
        (?P<open>\()
      | (?P<close>\))
      | (?P<either>\|)
      | "(?P<phrase>[^"]*)(?P<ends>"?)(?:(?<=")~(?P<distance>\d+))?
      | (?P<word>[^\s"()|](?:[^\s"()|]|\([^\s"()|]*\))*)  # f(x) is a word
    )
    """,
    re.VERBOSE,
)
_SPACE = re.compile(r"\s*")


def one_sort_of_quotes(text: str) -> str:
    """The text with straight quotes and apostrophes only, as long as it was."""
    return text.translate(_QUOTES)


def cut(query: str) -> Iterator[Token]:
    """The tokens of a query with straight quotes."""
    place = _space(query, 0)
    while place < len(query):
        token = _operator(query, place) or _other(query, place)
        yield token
        place = _space(query, token.end)


def _space(query: str, place: int) -> int:
    found = _SPACE.match(query, place)
    return found.end() if found else place


def _operator(query: str, place: int) -> Token | None:
    found = _OPERATOR.match(query, place)
    operator = find(found["name"] or found["sign"]) if found else None
    if found is None or operator is None:
        return None
    value = found["value"] if found["name"] else found["signed"]
    return Token(
        Sort.OPERATOR,
        found.start(),
        found.end(),
        value.replace('"', "").strip(),
        refused=bool(found["minus"]),
        operator=operator,
    )


def _other(query: str, place: int) -> Token:
    found = _OTHER.match(query, place)
    if found is None:  # a lone minus
        return Token(Sort.WORD, place, place + 1)
    refused = bool(found["minus"])
    start, end = found.span()
    if found["phrase"] is not None:
        return Token(
            Sort.PHRASE,
            start,
            end,
            found["phrase"],
            refused,
            distance=_number(found["distance"]),
            ends=bool(found["ends"]),
        )
    if found["word"] is not None:
        sort = None if refused else _KEYWORDS.get(found["word"])
        return Token(sort or Sort.WORD, start, end, found["word"], refused)
    if found["open"]:
        return Token(Sort.OPEN, start, end, refused=refused)
    return Token(Sort.CLOSE if found["close"] else Sort.OR, start, end)


def _number(digits: str | None) -> int | None:
    return None if digits is None else int(digits[:9])
