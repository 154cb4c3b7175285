"""Other forms of words, by simple rules; a form counts only if somebody in the archive wrote it."""

from collections.abc import Container, Iterator

from bench.search.words import folded

SHORTEST = 4
# Ending to endings that another form of the word may have.
_ENGLISH = {
    "ies": ("y",),
    "es": ("", "e"),
    "s": ("",),
    "ing": ("", "e", "ed", "s"),
    "ed": ("", "e", "ing", "es"),
    "y": ("ies",),
    "e": ("es", "ed", "ing"),
    "": ("s", "es", "ed", "ing"),
}
_FRENCH = {
    "aux": ("al", "ale", "ales"),
    "al": ("aux", "ale", "ales"),
    "ale": ("al", "aux", "ales"),
    "ales": ("al", "ale", "aux"),
    "eaux": ("eau",),
    "eau": ("eaux",),
    "ique": ("iques",),
    "ives": ("if", "ifs", "ive"),
    "ive": ("if", "ifs", "ives"),
    "ifs": ("if", "ive", "ives"),
    "if": ("ifs", "ive", "ives"),
    "eux": ("euse", "euses"),
    "euse": ("eux", "euses"),
    "elle": ("el", "els", "elles"),
    "el": ("els", "elle", "elles"),
    "els": ("el", "elle", "elles"),
    "ants": ("ant", "ante", "antes"),
    "ant": ("ants", "ante", "er"),
    "ents": ("ent",),
    "ert": ("erte", "erts", "ertes"),
    "erte": ("ert", "ertes"),
    "er": ("é", "ée", "és", "ant", "ent"),
    "ées": ("é", "ée", "er"),
    "ée": ("é", "ées", "er"),
    "és": ("é", "ée", "er"),
    "é": ("és", "ée", "er"),
    "s": ("",),
    "": ("s",),
}
_RULES = {"en": _ENGLISH, "fr": _FRENCH}
# Endings whose last letter is no plural: bus, class, basis.
_NO_PLURAL = ("ss", "us", "is", "as", "os")


def other_forms(word: str, lang: str, known: Container[str]) -> list[str]:
    """Forms of a word in its language that are among the known folded words, in a fixed order."""
    return sorted(
        {
            form
            for form in _forms(word, _RULES[lang])
            if len(form) >= SHORTEST and form != word and folded(form) in known
        }
    )


def _forms(word: str, rules: dict[str, tuple[str, ...]]) -> Iterator[str]:
    """By the longest ending that a rule has; a bare word only takes endings."""
    if len(word) < SHORTEST or word.endswith(_NO_PLURAL):
        return
    ending = next(e for e in sorted(rules, key=len, reverse=True) if word.endswith(e))
    stem = word.removesuffix(ending) if ending else word
    for other in rules[ending]:
        yield stem + other
