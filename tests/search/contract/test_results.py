"""What is given back: one result a topic, in an order, on pages, with counts, within rights."""

from datetime import timedelta

import pytest

from forum.core import clock
from forum.search.question import LATEST, LIKES, OLDEST, ORDERS, Every, Has, Word
from tests.search.contract.conftest import BACK_ROOM, PUBLIC, WORKSHOP, asked


def test_one_result_stands_for_a_topic_with_its_best_posts_folded(post, index):
    post("Nothing of the kind", topic_id=50, number=1)
    gauges = [post("Gauges fail " + "at times " * n, topic_id=50) for n in range(6)]
    best = post("Gauges, gauges: certified gauges", topic_id=50)

    hits = index.search("gauges")

    assert (hits.topics, hits.posts) == (1, 7)
    assert (hits.page[0].topic_id, hits.page[0].post_id) == (50, best.id)
    assert len(hits.page[0].others) == 3
    assert {*hits.page[0].others} < {one.id for one in gauges}


def test_the_form_that_was_typed_comes_first(post, find):
    post("The imports of what it wants")
    typed = post("The importation of what it wants")

    assert find("importation")[0] == typed.id


def test_a_word_in_the_title_counts_more_than_one_in_the_text(post, find):
    long = "and much else besides " * 12
    post(f"Somewhere the word gauge is said {long}", title="Another thing altogether")
    titled = post(f"Somewhere another word is said {long}", title="The gauge and its price")

    assert find("gauge")[0] == titled.id


def test_a_title_of_nothing_but_what_was_sought_comes_first(post, find):
    post("Something", title="Cold stores and all that belongs to them in summer")
    whole = post("Something", title="Cold stores")

    assert find("cold store")[0] == whole.id


def test_rare_words_count_more_than_frequent_ones(post, find):
    for _ in range(9):
        post("A container like any other one")
    rare = post("A refrigerator like any other one")
    found = find(Word("one"), limit=50)

    assert len(found) == 10
    assert find(_either("container", "refrigerator"))[0] == rare.id


def test_what_members_found_good_comes_first(post, find):
    post("Gauges of the usual sort")
    answer = post("Gauges of the usual sort", marks=["answer"])
    liked = post("Gauges of the usual sort", likes=9)
    closed = post("Gauges of the usual sort", marks=["closed"])

    found = find("gauges")

    assert {*found[:2]} == {answer.id, liked.id}
    assert found[-1] == closed.id


def test_the_newer_of_equal_posts_comes_first(post, find):
    now = clock.now()
    old = post("Gauges of the usual sort", created_at=now - timedelta(days=900))
    new = post("Gauges of the usual sort", created_at=now - timedelta(days=3))

    assert find("gauges") == [new.id, old.id]


def test_results_come_in_the_order_that_is_asked_for(post, find):
    one = post("Stamp it", likes=1)
    two = post("Stamp it, stamp it", likes=5)
    three = post("Stamp it", likes=3)

    assert find("stamp", order=LATEST) == [three.id, two.id, one.id]
    assert find("stamp", order=OLDEST) == [one.id, two.id, three.id]
    assert find("stamp", order=LIKES) == [two.id, three.id, one.id]


@pytest.mark.parametrize("order", ORDERS)
def test_pages_follow_each_other_without_gap_or_repeat(post, index, order):
    posts = {post("Crates by the dozen").id for _ in range(5)}

    pages = [index.search("crates", order=order, offset=n, limit=2) for n in (0, 2, 4, 6)]

    assert [len(page.page) for page in pages] == [2, 2, 1, 0]
    assert {hit.post_id for page in pages for hit in page.page} == posts
    assert {(page.topics, page.posts) for page in pages} == {(5, 5)}


def test_nothing_is_found_where_nothing_is(index):
    assert index.search("gauges") == index.search(Every())
    assert index.search("gauges").topics == 0


def test_topics_are_counted_by_each_value(post, index):
    post("Tariff one", topic_id=50, lang="en", kind="question", tags=["1", "2"], author_id=4)
    post("Tariff again", topic_id=50, lang="fr", kind="question", tags=["1", "2"], author_id=5)
    post("Tariff two", category_id=WORKSHOP, markets=["SN"], knowhow=["3"], tags=["2"])

    assert index.current.count(asked("tariff")) == {
        "category": {1: 1, WORKSHOP: 1},
        "kind": {"question": 1, "discussion": 1},
        "tag": {1: 1, 2: 2},
        "market": {"SN": 1},
        "knowhow": {3: 1},
        "lang": {"en": 2, "fr": 1},
        "year": {2024: 2},
        "author": {4: 1, 5: 1, 1: 1},
    }


def test_counts_are_true_under_the_other_filters(post, index):
    one = post("Tariff", kind="question", tags=["1"], created_at=clock.now().replace(year=2021))
    post("Tariff", kind="question", tags=["2"])
    post("Tariff", kind="discussion", tags=["2"], lang="fr")

    def ask(**chosen):
        return asked("tariff", chosen={name: frozenset(one) for name, one in chosen.items()})

    questions = index.current.count(ask(kind={"question"}))
    assert questions["kind"] == {"question": 2, "discussion": 1}
    assert questions["tag"] == {1: 1, 2: 1}
    assert questions["lang"] == {"en": 2}
    both = index.current.count(ask(kind={"question"}, tag={2}))
    assert both["kind"] == {"question": 1, "discussion": 1}
    assert both["tag"] == {1: 1, 2: 1}
    assert both["year"] == {2024: 1}
    assert index.current.search(ask(kind={"question"}, tag={1, 9})).topics == 1
    assert index.current.search(ask(year={2021})).page[0].post_id == one.id
    assert index.current.search(ask(kind={"question"}, lang={"fr"})).topics == 0


def test_what_is_not_visible_is_neither_found_nor_counted(post, index):
    post("Zanzibar", category_id=BACK_ROOM, tags=["7"])
    unlisted = post("Zanzibar", listed=False, tags=["8"])

    for node in (Word("zanzibar"), Has("tag", ("7", "8")), Every()):
        assert index.search(node).topics == 0
        assert not any(index.current.count(asked(node)).values())
    assert index.find("zanzibar", sees_unlisted=True) == [unlisted.id]
    assert index.search("zanzibar", visible_category_ids=PUBLIC | {BACK_ROOM}).topics == 1
    assert index.search("zanzibar", visible_category_ids=frozenset()).topics == 0


def test_what_is_not_visible_does_not_move_what_is(post, index):
    for n in range(4):
        post("Gauges and meters " + "of any sort " * n, title=f"Meter {n}")
    post("Gauges only")
    asked_of_all = [(_either("gauges", "meters"), order) for order in ORDERS]
    before = [index.told(node, order=order) for node, order in asked_of_all]

    for _ in range(20):
        post("Gauges of a private sort", category_id=BACK_ROOM)
        post("Gauges of an unlisted sort", listed=False)

    assert [index.told(node, order=order) for node, order in asked_of_all] == before


def _either(*words):
    from forum.search.question import Either

    return Either(tuple(map(Word, words)))
