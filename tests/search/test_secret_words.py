"""Words that stand only where someone may not look: no answer tells him from a site without them."""

import random

import pytest

from forum.categories.queries import load_rights
from forum.search import meant, suggestions
from forum.search.service import Request
from tests.search.conftest import ask, counted

OUTSIDERS = ("guest", "nina", "otto", "silas")
SYLLABLES = ("zan", "qua", "nar", "oka", "whi", "bru", "tel", "fyr", "mox", "gul")


def told(viewer, word):
    """All that is said to someone who types a word: found, counted, offered, meant, shown."""
    load_rights(viewer)
    answers = []
    for query in (word, f"harbour {word}", f"harbour OR {word}", word[:-1], f'"{word} harbour"'):
        results = ask(viewer, query)
        shown = [(r.topic.id, r.post.id, str(r.title), str(r.excerpt)) for r in results.found]
        answers.append((shown, results.topics, results.posts, results.loose))
        answers.append(counted(viewer, query))
        answers.append(meant.instead(viewer, Request(query), results.topics))
    answers += [suggestions.suggest(viewer, word[:length]) for length in (3, 5, len(word))]
    return answers


def the_same_without_the_secret(write, index, cast, words):
    write("The harbour of the river", "A harbour with cranes.", "A second word.", by=cast.rose)
    write("Another harbour at the sea", "Harbour dues are due.", by=cast.otto)
    index.catch_up()
    people = [cast.person(name) for name in OUTSIDERS]
    before = {
        (who, word): told(person, word) for who, person in enumerate(people) for word in words
    }

    for start in range(0, len(words), 10):
        secret = " harbour ".join(words[start : start + 10])
        write(f"{words[start]} harbour", secret, secret, by=cast.max, place=cast.staff_room)
    index.catch_up()

    assert ask(cast.max, words[0]).topics == 1
    for (who, word), answer in before.items():
        assert told(people[who], word) == answer, (OUTSIDERS[who], word)


def made_up(count):
    chance = random.Random(count)
    return ["".join(chance.sample(SYLLABLES, 3)) for _ in range(count)]


def test_no_answer_tells_a_site_with_secret_words_from_one_without(write, index, cast):
    the_same_without_the_secret(write, index, cast, made_up(2))


@pytest.mark.long
@pytest.mark.timeout(3_600)
def test_no_answer_tells_of_two_hundred_secret_words(write, index, cast):
    the_same_without_the_secret(write, index, cast, made_up(200))
