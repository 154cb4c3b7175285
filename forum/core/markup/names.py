"""How names are found in running text: usernames, category slugs and tags of any script."""

import unicodedata

_LONGEST = 60
# Before a name that is no name: part of an address, of a path, of another word.
_BLOCKS_A_NAME = frozenset("@#/&=?%+.-_")


def key(name: str) -> str:
    """The form under which a name is looked up."""
    return unicodedata.normalize("NFC", name).lower()


def may_start(text: str, sign: int) -> bool:
    """Whether the sign (`@`, `#`) at this position stands free enough to open a name."""
    if sign == 0:
        return True
    before = text[sign - 1]
    if before == "_":
        # _@rose_ is emphasis, some_@rose an address.
        return sign == 1 or text[sign - 2].isspace()
    return before not in _BLOCKS_A_NAME and not _belongs(before)


def end_of_name(text: str, start: int, stop: int, *, joiners: str) -> int:
    """Where the name that starts here ends; `start` itself when there is none.

    Joiners stand inside a name, never at its end: the full stop after a name ends the sentence.
    """
    stop = min(stop, start + _LONGEST)
    pos = start
    while pos < stop and (_belongs(text[pos]) or text[pos] in joiners):
        pos += 1
    while pos > start and text[pos - 1] in joiners:
        pos -= 1
    return pos


def _belongs(char: str) -> bool:
    # Vowel signs and accents of many scripts are marks, which isalnum() does not count.
    return char.isalnum() or unicodedata.category(char)[0] == "M"
