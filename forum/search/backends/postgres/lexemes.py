"""What a post is found by: lexemes, whose first sign tells what they are.

    economies       a word as written, with its places in the body
    ^economies      a word of the title, with its places there
    ~fr:econom      a stem, of title or body
    #5~fr:econom    the same again, with how much the post is about it
    %fr:econom      a stem of the title
    =tag:12         a property

PostgreSQL's index of lexemes (GIN) knows neither how often a word stands in a post nor how long
the post is, and to read every post that has a word is far too slow. So the answer to both, BM25F's,
is computed when a post is indexed and becomes a lexeme itself: the index alone ranks all hits.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC

from forum.search import analysis, ranking
from forum.search.backend import Document

LEVELS = 8
# Every post has it, so it tells how many there are.
ANY = "~"
# Every post has this too, and is so long by it that PostgreSQL keeps the words apart from the row,
# which it never does for less than 2 kB. A search for a frequent word reads very many rows. It
# stands first, where it is compressed to next to nothing.
ROOM = "!" * 2_000
NONE = "=none"
# PostgreSQL keeps no place beyond this one; a mail that quotes a whole archive may be cut here.
MOST_WORDS = 16_000
MOST_PLACES = 250
# What is long and what is short: the lengths of a usual title and of a usual post, in words.
USUAL_TITLE, USUAL_BODY = 7, 70
LONGEST_TITLE = 30


def of_document(document: Document) -> str:
    """A document as the text of a `tsvector`."""
    title = analysis.words(document.title)
    body = analysis.words(document.text)[:MOST_WORDS]
    found: dict[str, Sequence[int]] = dict.fromkeys((ANY, ROOM, *_properties(document)), ())
    found.update(dict.fromkeys(title, ()))
    found.update(_places(body))
    found.update({titled(word): places for word, places in _places(title).items()})
    title_stems = _stems(title, document.title_lang)
    for stem in title_stems:
        found[title_stem(stem)] = ()
    found[of_length(len(title_stems))] = ()
    for stem, frequency in _frequencies(title_stems, _stems(body, document.lang), len(body)):
        found[stem] = found[level(stem, _level(frequency))] = ()
    return " ".join(_spelled(lexeme, places) for lexeme, places in found.items())


def titled(word: str) -> str:
    """A word of the title."""
    return f"^{word}"


def stem_of(word: str, lang: str) -> str | None:
    """The stem of a word; None when it carries no subject in the language."""
    stem = analysis.stem(word, lang)
    return None if stem is None else f"~{lang}:{stem}"


def stems_of(word: str) -> list[str]:
    """The stems of a word in every language."""
    return [stem for lang in analysis.LANGUAGES if (stem := stem_of(word, lang))]


def title_stem(stem: str) -> str:
    """A stem, in the title."""
    return f"%{stem[1:]}"


def level(stem: str, number: int) -> str:
    """A stem in posts that are so much about it, from 1 to `LEVELS`."""
    return f"#{number}{stem}"


def often(number: int) -> float:
    """How often a post of a level has the word, weighed by field and length."""
    share = (number - 0.5) / LEVELS
    return ranking.K1 * share / (1 - share)


def has(name: str, value: str) -> str:
    """A property."""
    return f"={name}:{value}"


def year_of(document: Document) -> int:
    """When it was written, as it is counted."""
    return document.created_at.astimezone(UTC).year


def of_length(stems: int) -> str:
    """A title of so many words that carry a subject."""
    return has("titled", str(min(stems, LONGEST_TITLE)))


def quoted(lexeme: str) -> str:
    """A lexeme as it is written in a `tsvector` or `tsquery`."""
    return "'" + lexeme.replace("\\", "\\\\").replace("'", "''") + "'"


def _spelled(lexeme: str, places: Sequence[int]) -> str:
    if not places:
        return quoted(lexeme)
    return f"{quoted(lexeme)}:{','.join(map(str, places[:MOST_PLACES]))}"


def _properties(document: Document) -> Iterator[str]:
    yield has("author", str(document.author_id))
    yield has("category", str(document.category_id))
    yield has("topic", str(document.topic_id))
    yield has("kind", document.kind)
    yield has("lang", document.lang)
    yield has("year", str(year_of(document)))
    yield from (has("tag", value) for value in document.tags)
    yield from (has("knowhow", value) for value in document.knowhow)
    yield from (has("market", value) for value in document.markets)
    yield from (has("mark", value) for value in document.marks)


def _places(words: Iterable[str]) -> Mapping[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for place, word in enumerate(words, start=1):
        found[word].append(place)
    return found


def _stems(words: Iterable[str], lang: str) -> list[str]:
    return [f"~{lang}:{stem}" for stem in analysis.stems(words, lang)]


def _frequencies(
    title: Sequence[str], body: Sequence[str], body_length: int
) -> Iterator[tuple[str, float]]:
    """How often each stem stands in title and body, in BM25F's terms."""
    in_title, in_body = Counter(title), Counter(body)
    title_weight = ranking.TITLE_BOOST / _length(len(title) / USUAL_TITLE, ranking.TITLE_LENGTH)
    body_weight = 1 / _length(body_length / USUAL_BODY, ranking.BODY_LENGTH)
    for stem in in_title | in_body:
        yield (
            stem,
            title_weight * min(in_title[stem], ranking.MOST_REPEATS)
            + body_weight * min(in_body[stem], ranking.MOST_REPEATS),
        )


def _length(against_usual: float, weight: float) -> float:
    return 1 - weight + weight * against_usual


def _level(frequency: float) -> int:
    share = ranking.saturated(frequency) / (ranking.K1 + 1)
    return min(LEVELS, 1 + int(share * LEVELS))
