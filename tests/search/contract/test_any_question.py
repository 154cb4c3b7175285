"""Whatever is asked, by whoever may see whatever: exactly what the model finds, and nothing else.

Worlds are made by chance; a failing one is told by its number.
"""

import random
from dataclasses import replace

import pytest

from tests.search.contract import world

TOPICS = 14


def everything_told(index, question):
    """All that an answer gives away, but for scores, which move with the time of day."""
    hits = index.search(question)
    page = [(hit.topic_id, hit.post_id, hit.others) for hit in hits.page]
    return page, hits.topics, hits.posts, index.count(question)


def play(index, seed, questions):
    """Ask a world some questions; then again, once what the viewer may not see is gone."""
    chance = random.Random(seed)
    posts = world.documents(chance, TOPICS)
    index.current.remove(set(index.current.ids()))
    index.index(*posts)
    changed = [replace(one, text=world._text(chance, 9)) for one in chance.sample(posts, 4)]
    gone = {one.id for one in chance.sample(posts, 3)}
    index.current.index(changed, gone=gone)
    posts = [one for one in posts if one.id not in gone and one.id not in {c.id for c in changed}]
    posts += [one for one in changed if one.id not in gone]
    index.current.remove(gone)

    asked = [world.question(chance) for _ in range(questions)]
    for question in asked:
        compare(index.current, question, posts)
    return posts, asked


def compare(engine, question, posts):
    hits, should = engine.search(question), world.found(question, posts)
    by_id = {one.id: one for one in should}
    shown = [post for hit in hits.page for post in (hit.post_id, *hit.others)]

    assert by_id.keys() >= {*shown}, question
    assert all(by_id[hit.post_id].topic_id == hit.topic_id for hit in hits.page), question
    assert len(hits.page) == hits.topics, question
    assert {hit.topic_id for hit in hits.page} == {one.topic_id for one in should}, question
    assert hits.posts == len(should), question
    assert len(shown) == len({*shown}), question
    assert engine.count(question) == world.counted(question, posts), question


@pytest.mark.parametrize("seed", range(3))
def test_any_question_finds_what_it_should(index, seed):
    play(index, seed, questions=30)


@pytest.mark.long
@pytest.mark.timeout(3_600)
@pytest.mark.parametrize("seed", range(100, 160))
def test_any_question_finds_what_it_should_in_many_worlds(index, seed):
    play(index, seed, questions=100)


@pytest.mark.parametrize("seed", range(2))
def test_no_answer_differs_from_that_of_a_site_without_what_is_hidden(index, seed):
    the_same_without_what_is_hidden(index, seed, questions=12)


@pytest.mark.long
@pytest.mark.timeout(3_600)
@pytest.mark.parametrize("seed", range(200, 230))
def test_no_answer_differs_in_many_worlds(index, seed):
    the_same_without_what_is_hidden(index, seed, questions=60)


def the_same_without_what_is_hidden(index, seed, questions):
    posts, asked = play(index, seed, questions)
    for question in asked:
        before = everything_told(index.current, question)
        hidden = {one.id for one in posts} - {one.id for one in world.visible(question, posts)}
        index.current.remove(hidden)
        after = everything_told(index.current, question)
        index.index(*(one for one in posts if one.id in hidden))

        assert before == after, question
