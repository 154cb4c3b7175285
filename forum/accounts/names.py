"""Usernames: their shape, what they look like, and which are kept for the house.

A username is 3 to 20 letters of one script, digits, `_`, `-` and `.`, as in Discourse. Two names
with the same skeleton cannot be told apart by eye, so only one of them can exist.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from confusable_homoglyphs.categories import unique_aliases
from confusable_homoglyphs.confusables import confusables_data

from forum.accounts import settings
from forum.accounts.words import words
from forum.core.errors import Invalid
from forum.core.i18n import _

LONGEST = 60  # what the table holds; imports may bring names longer than members may choose
_SPECIAL = "_-."
_PARTS = re.compile(r"[_\-.]+")
# A name that ends like a file would read as one at the end of an address.
_FILE_ENDINGS = (".js", ".json", ".css", ".htm", ".html", ".xml", ".rss", ".atom", ".png", ".jpg",
                 ".jpeg", ".gif", ".webp", ".svg", ".txt", ".ico", ".woff", ".map")  # fmt: skip
# Scripts that one language writes side by side.
_WRITTEN_TOGETHER = (
    {"HAN", "HIRAGANA", "KATAKANA"},
    {"HAN", "HANGUL"},
    {"HAN", "BOPOMOFO"},
)


def normalize(typed: str) -> str:
    """The name as it is kept: without the different ways to encode one letter."""
    return unicodedata.normalize("NFKC", typed.strip())


def check(name: str) -> None:
    """Raise `Invalid` for a name that no member may choose, saying why."""
    check_shape(name)
    if is_reserved(name):
        raise Invalid(_("This name is kept for the team or the site."), "username")


def check_shape(name: str) -> None:
    """The same without the names of the house, which an operator may give."""
    for fault in _faults(name):
        raise Invalid(fault, "username")


def is_reserved(name: str) -> bool:
    """Whether a name could be taken for the site's own or for the team's."""
    plain = _without_marks(name)
    parts = _PARTS.split(_loose(plain))
    for_staff, for_site = _kept_for_staff(), _kept_for_site()
    return (
        not for_staff.isdisjoint(parts)
        or "".join(parts) in for_staff
        or _joined(skeleton(plain)) in for_site
    )


def skeleton(name: str) -> str:
    """What a name looks like: the same text for names that only the computer can tell apart."""
    # Looks first: taking a letter apart, or writing it small, can hide what it looked like.
    seen = _seen(unicodedata.normalize("NFC", name))
    plain = _seen(unicodedata.normalize("NFKD", seen))
    return _seen(plain.casefold()).replace("0", "o").replace("rn", "m").replace("vv", "w")


def unique_username(wanted: str, taken: set[str]) -> str:
    """A name as near as possible to the wanted one; its skeleton is added to those `taken`.

    For importers, whose authors cannot be asked for another name.
    """
    stem = _shaped(wanted)
    name, number = stem, 1
    while skeleton(name) in taken:
        number += 1
        ending = f"_{number}"
        name = stem[: LONGEST - len(ending)] + ending
    taken.add(skeleton(name))
    return name


def _faults(name: str) -> Iterator[str]:
    """What is wrong with the shape of a name, the most telling first."""
    least, most = settings.MIN_USERNAME(), settings.MAX_USERNAME()
    if len(name) < least:
        yield _("A username has at least %(count)s characters.", count=least)
        return
    if len(name) > most:
        yield _("A username has at most %(count)s characters.", count=most)
    if not all(_may_stand(letter) for letter in name):
        yield _("Use letters, digits, “_”, “-” and “.” only, without spaces.")
    if unicodedata.combining(name[0]) or name[0] in "-." or name[-1] in _SPECIAL:
        yield _("Begin and end the username with a letter or a digit.")
    if re.search(r"[_\-.]{2}", name):
        yield _("Do not put two of “_”, “-” and “.” side by side.")
    if name.lower().endswith(_FILE_ENDINGS):
        yield _("A username cannot end like the name of a file.")
    if not any(letter.isalpha() for letter in name):
        yield _("A username has at least one letter.")
    if _mixes_scripts(name):
        yield _("Use the letters of one script only.")


def _may_stand(letter: str) -> bool:
    if letter.isascii():
        return letter.isalnum() or letter in _SPECIAL
    return unicodedata.category(letter) in {"Ll", "Lu", "Lo", "Mn", "Mc"}


def _mixes_scripts(name: str) -> bool:
    scripts = unique_aliases(name) - {"COMMON", "INHERITED"}
    return len(scripts) > 1 and not any(scripts <= together for together in _WRITTEN_TOGETHER)


def _shaped(wanted: str) -> str:
    plain = unicodedata.normalize("NFKC", wanted)
    letters = "".join(letter if _may_stand(letter) else "_" for letter in plain)
    stem = re.sub(r"[_\-.]{2,}", "_", letters)[:LONGEST].strip(_SPECIAL)
    stem = stem.lstrip("".join(c for c in stem if unicodedata.combining(c)))
    while len(stem) < 3:
        stem += "_1" if stem else "user"
    return stem + "_1" if stem.lower().endswith(_FILE_ENDINGS) else stem


def _loose(name: str) -> str:
    # Figures that stand for letters, beyond what looks alike in print.
    return skeleton(name.lower()).translate(str.maketrans("1l345|", "iieasi"))


def _without_marks(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def _joined(name: str) -> str:
    return "".join(_PARTS.split(name))


@cache
def _kept_for_staff() -> frozenset[str]:
    return frozenset(_joined(_loose(word)) for word in words("staff_words"))


@cache
def _kept_for_site() -> frozenset[str]:
    return frozenset(_joined(skeleton(word)) for word in words("reserved_names"))


def _seen(text: str) -> str:
    stands_for = _look_alikes().get
    return "".join(stands_for(letter, letter) for letter in text)


@cache
def _look_alikes() -> dict[str, str]:
    """Each letter that has doubles, with the one letter that stands for all of them."""
    families: dict[str, set[str]] = {}
    for letter, doubles in confusables_data.items():
        for double in doubles:
            other = double["c"].strip("\u200e")
            if len(letter) == len(other) == 1:
                _marry(families, letter, other)
    return {letter: min(family) for letter, family in families.items()}


def _marry(families: dict[str, set[str]], one: str, other: str) -> None:
    larger = families.setdefault(one, {one})
    smaller = families.setdefault(other, {other})
    if larger is smaller:
        return
    if len(larger) < len(smaller):
        larger, smaller = smaller, larger
    larger |= smaller
    families.update(dict.fromkeys(smaller, larger))
