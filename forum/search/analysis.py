"""Words as the index sees them: folded, cut at apostrophes and hyphens, reduced to stems.

Accents are folded before stemming, on both sides, so that whoever types `economie` finds what
whoever types `économies` finds.
"""

import re
import threading
import unicodedata
from collections.abc import Collection, Iterable, Iterator

import Stemmer

LANGUAGES = ("fr", "en")
LONGEST_WORD = 40
_SNOWBALL = {"fr": "french", "en": "english"}

# Words that carry no subject of their own. They are kept in the exact fields, for phrases.
_SMALL_FRENCH = """
a ai as au aux avait avec avez avons c ce ces cet cette d dans de des du elle elles en es est et
ete etre eu eux il ils j je l la le les leur leurs lui m ma mais me mes moi mon n ne ni nos notre
nous on ont ou par pas pour qu que qui s sa se ses si son sont sur t ta te tes toi ton tu un une
vos votre vous y
"""
_SMALL_ENGLISH = """
a an and are as at be been but by can could did do does for from had has have he her his how i if
in into is it its me my no not of on or our s she so t than that the their them then there these
they this to us was we were what when where which who why will with would you your
"""
SMALL_WORDS = {
    "fr": frozenset(_SMALL_FRENCH.split()),
    "en": frozenset(_SMALL_ENGLISH.split()),
}


def _folded_letters() -> dict[str, str]:
    """One letter for one letter, so that places in the folded text are places in the text."""
    letters = {}
    for code in range(0x2C7F):
        decomposed = unicodedata.normalize("NFKD", chr(code).casefold())
        plain = "".join(part for part in decomposed if not unicodedata.combining(part))
        if chr(code).isalnum() and len(plain) == 1 and plain != chr(code):
            letters[chr(code)] = plain
    return letters


_FOLDED = _folded_letters()
_LIGATURES = {ord("œ"): "oe", ord("æ"): "ae", ord("ß"): "ss"}
_WORD = re.compile(r"[^\W_]+")
_NOTHING = re.compile(r"(?!)")
_FRENCH_PARTICIPLE = re.compile(r"ees?$")  # importée(s), folded: Snowball knows it only accented
_own = threading.local()  # a stemmer serves one thread


def composed(text: str) -> str:
    """The text with each accented letter as one character."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def folded(text: str) -> str:
    """The composed text in small letters without accents, as long as it was."""
    if not text.isascii():
        for letter in _FOLDED.keys() & set(text):  # a dozen of them: quicker than letter by letter
            text = text.replace(letter, _FOLDED[letter])
    return text.lower()


def spans(text: str, words: re.Pattern[str] = _WORD) -> Iterator[tuple[int, int, str]]:
    """Where each word of a composed text begins and ends, and how it is folded."""
    for found in words.finditer(folded(text)):
        yield found.start(), found.end(), _spelled_out(found.group())


def words_beginning_with(letters: Collection[str]) -> re.Pattern[str]:
    """What finds the words of a folded text with one of these first letters."""
    ligatures = {chr(sign) for sign, spelled in _LIGATURES.items() if spelled[0] in letters}
    begun = "".join(map(re.escape, sorted({*letters, *ligatures})))
    # The letter comes first for the engine to look for it at once.
    return re.compile(rf"[{begun}](?<![^\W_].)[^\W_]*") if begun else _NOTHING


def words(text: str) -> list[str]:
    """The folded words of a text, in order."""
    found = _WORD.findall(folded(composed(text)))
    return [_spelled_out(word) for word in found if len(word) <= LONGEST_WORD]


def is_small(word: str) -> bool:
    """Whether a folded word carries no subject, in either language."""
    return any(word in small for small in SMALL_WORDS.values()) or _is_letter(word)


def stems(folded_words: Iterable[str], lang: str) -> list[str]:
    """The stems of the words that carry a subject in a language, in order."""
    small = SMALL_WORDS[lang]
    kept = [word for word in folded_words if word not in small and not _is_letter(word)]
    if lang == "fr":
        kept = [_FRENCH_PARTICIPLE.sub("e", w) if w.endswith(("ee", "ees")) else w for w in kept]
    found: list[str] = _stemmer(lang).stemWords(kept)
    return found


def stem(word: str, lang: str) -> str | None:
    """The stem of one folded word; None when it carries no subject in the language."""
    return next(iter(stems([word], lang)), None)


def every_stem(folded_word: str) -> frozenset[str]:
    """The stems of a word in every language."""
    return frozenset(found for lang in LANGUAGES if (found := stem(folded_word, lang)))


def _stemmer(lang: str) -> Stemmer.Stemmer:
    if not hasattr(_own, "stemmers"):
        _own.stemmers = {name: Stemmer.Stemmer(_SNOWBALL[name]) for name in LANGUAGES}
    stemmer: Stemmer.Stemmer = _own.stemmers[lang]
    return stemmer


def _is_letter(word: str) -> bool:
    return len(word) == 1 and word.isalpha()


def _spelled_out(word: str) -> str:
    return word if word.isascii() else word.translate(_LIGATURES)
