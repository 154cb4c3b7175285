"""Passwords: kept as argon2id, refused when they are easy to guess (NIST SP 800-63B)."""

import re
import threading
import unicodedata
from collections.abc import Iterable
from itertools import pairwise

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from forum.accounts import settings
from forum.accounts.words import words
from forum.config import config
from forum.core.errors import Invalid
from forum.core.i18n import _

# OWASP's smallest advised cost: 19 MiB and two passes, some 20 ms.
MEMORY_KIB, PASSES = 19_456, 2
AT_ONCE = 4  # so that a burst of sign-ins cannot take all the memory

_ROWS = ("abcdefghijklmnopqrstuvwxyz", "01234567890", "azertyuiopqsdfghjklmwxcvbn",
         "qwertyuiopasdfghjklzxcvbnm", "qwertzuiopasdfghjklyxcvbnm")  # fmt: skip
_AS_LETTERS = str.maketrans("@4301!|$5", "aaeoiiiss")
_hashing = threading.BoundedSemaphore(AT_ONCE)
_hasher = PasswordHasher(time_cost=PASSES, memory_cost=MEMORY_KIB, parallelism=1)
_of_nobody = ""


def configure(*, memory_kib: int = MEMORY_KIB, passes: int = PASSES) -> None:
    """Choose the cost of a hash; kept ones are renewed when their owner signs in."""
    global _hasher, _of_nobody
    _hasher = PasswordHasher(time_cost=passes, memory_cost=memory_kib, parallelism=1)
    _of_nobody = ""


def hash_of(password: str) -> str:
    """What is kept of a password."""
    with _hashing:
        return _hasher.hash(_normal(password))


def matches(password: str, kept: str | None) -> bool:
    """Whether this is the password. Takes as long when nobody has that name."""
    global _of_nobody
    if not kept and not _of_nobody:
        _of_nobody = hash_of("nobody has this password")
    try:
        with _hashing:
            _hasher.verify(kept or _of_nobody, _normal(password)[: settings.MAX_PASSWORD + 1])
    except (VerificationError, InvalidHashError):
        return False
    return bool(kept)


def outdated(kept: str) -> bool:
    """Whether a hash was made at another cost than today's."""
    return _hasher.check_needs_rehash(kept)


def check(password: str, *, about: Iterable[str] = (), field: str = "password") -> None:
    """Raise `Invalid` with the reason why a password is refused.

    `about` are texts a stranger would try first: username, name, e-mail address.
    """
    fault = _fault(_normal(password), about)
    if fault:
        raise Invalid(fault, field)


def _fault(password: str, about: Iterable[str]) -> str:
    least = settings.MIN_PASSWORD()
    if len(password) < least:
        return _("Use at least %(count)s characters; a short sentence works well.", count=least)
    if len(password) > settings.MAX_PASSWORD:
        return _("Use at most %(count)s characters.", count=settings.MAX_PASSWORD)
    plain = password.casefold()
    if _is_monotonous(plain):
        return _("This one follows a pattern that is tried first. Add a few words of your own.")
    if _is_common(plain):
        return _("This one is among the most used. Add a few words of your own.")
    if _is_about(plain, [config().site_name, *about]):
        return _("This one is too close to your name, your address or this site.")
    return ""


def _is_monotonous(password: str) -> bool:
    """Few different characters, one part again and again, or keys that follow each other."""
    if len(set(password)) < 5 or re.fullmatch(r"(.{1,6}?)\1+.{0,2}", password):
        return True
    steps = sum(_follow(one, other) for one, other in pairwise(password))
    return steps >= 0.75 * (len(password) - 1)


def _follow(one: str, other: str) -> bool:
    pair = one + other
    return one == other or any(pair in row or pair in row[::-1] for row in _ROWS)


def _is_common(password: str) -> bool:
    stems = {re.sub(r"[^a-z]", "", password), re.sub(r"[^a-z]", "", _as_letters(password))}
    trimmed = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", password)
    stems.add(re.sub(r"[^a-z]", "", _as_letters(trimmed)))
    return any(_is_made_of(stem, words("common_passwords")) for stem in stems if stem)


def _is_about(password: str, texts: list[str]) -> bool:
    plain = _letters(password)
    words = {_letters(part) for text in texts for part in re.split(r"[\s@._\-+]+", text.casefold())}
    words |= {_letters(text) for text in texts}
    known = {word for word in words if len(word) >= 3}
    left = plain
    for word in sorted(known, key=len, reverse=True):
        left = left.replace(word, "")
    # What is left once the known words are taken out is all a stranger has to guess.
    return left != plain and len(left) < 5


def _is_made_of(text: str, words: Iterable[str]) -> bool:
    """Whether a text is one of the words, or several in a row, with at most two letters more."""
    left = text
    for word in sorted((w for w in words if w in text), key=len, reverse=True):
        left = left.replace(word, "")
    return left != text and len(left) <= 2


def _as_letters(text: str) -> str:
    return text.translate(_AS_LETTERS)


def _letters(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(c for c in decomposed if c.isalpha())


def _normal(password: str) -> str:
    return unicodedata.normalize("NFKC", password)
