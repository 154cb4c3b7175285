"""How parts of a question work together."""

from sqlalchemy import literal, select, union_all

from forum.search.question import (
    ORDERS,
    Alike,
    Among,
    Either,
    Every,
    Has,
    Most,
    Not,
    Phrase,
    Word,
    Written,
)
from tests.search.contract.conftest import asked, typed


def test_all_words_are_wanted(post, find):
    both = post("Trucks need power")
    post("Trucks are slow")

    assert find("trucks power") == [both.id]
    assert find("trucks snow") == []


def test_a_small_word_is_wished_for_and_not_insisted_on(post, find):
    found = post("Tarifs de cette année", title="Prix du transport vers Dakar", lang="fr")

    assert find("le prix of transport") == [found.id]


def test_a_small_word_alone_is_found_as_it_is_written(post, find):
    found = post("What is that")
    post("Something else")

    assert find("what") == [found.id]


def test_what_must_not_be_is_left_out(post, find):
    post("Pallets of oak and pine")
    found = post("Pallets of plastic")

    assert find("pallets", Not(Word("oak"))) == [found.id]
    assert find("pallets", Not(Phrase("oak and pine"))) == [found.id]
    assert find("pallets", Not(typed("oak plastic"))) != []
    assert find(Not(Word("oak"))) == [found.id]
    assert find(Not(Either((Word("oak"), Word("plastic"))))) == []


def test_one_of_several_will_do(post, find):
    one, other = post("Pears of Ghent"), post("Plums of Turin")
    post("Apples of Brest")

    assert set(find(Either((Word("pears"), Word("plums"))))) == {one.id, other.id}
    assert find(Either((Word("pears"), Word("plums"))), "turin") == [other.id]
    assert find(Either((typed("pears turin"), typed("plums turin")))) == [other.id]


def test_a_small_word_is_all_there_is_to_find_beside_nothing_but_conditions(post, find):
    said = post("The norm en 12830", tags=["7"])
    post("Plums of Turin", tags=["7"])
    conditions = (Has("tag", ("7",)), Every((Has("tag", ("7",)),)), Either((Has("tag", ("7",)),)))

    for condition in conditions:
        assert find(Word("en"), condition) == [said.id]
        assert find(Every((Word("en"), condition))) == [said.id]


def test_parts_within_a_whole_are_parts_of_it(post, find):
    found = post("Plums of Turin", tags=["7"])
    inner = Every((Word("en"), Has("tag", ("7",))))

    assert find(inner, Word("plums")) == [found.id]


def test_one_of_a_word_and_a_property_will_do(post, find):
    one, other = post("Pears of Ghent"), post("Plums of Turin", tags=["7"])
    post("Apples of Brest")

    assert set(find(Either((Word("pears"), Has("tag", ("7",)))))) == {one.id, other.id}


def test_an_empty_choice_finds_nothing_and_an_empty_question_all(post, find):
    found = post("Pears of Ghent")

    assert find(Has("tag", ())) == []
    assert find("pears", Has("tag", ())) == []
    assert find(Every()) == [found.id]


def test_an_equivalent_is_found_after_what_was_typed(post, find):
    like = post("Un appel d’offres du port", lang="fr")
    typed_one = post("A tender of the port")
    tagged = post("Neither of them", tags=["7"])
    node = Alike(Word("tender"), ((Phrase("appel d offres"), 0.5), (Has("tag", ("7",)), 0.3)))

    found = find(node)

    assert found[0] == typed_one.id
    assert set(found) == {typed_one.id, like.id, tagged.id}
    assert find(node, "port", Has("lang", ("fr",))) == [like.id]


def test_most_of_a_long_question_will_do_and_all_of_it_comes_first(post, find):
    for n in range(12):
        post(f"A question about containers number {n}")
    most = post("Refrigerated containers are delayed at customs")
    whole = post("Refrigerated containers delayed at the customs of Dakar before the weekend")
    post("Delayed again")

    found = find(
        Most(
            tuple(
                map(Word, ["refrigerated", "containers", "delayed", "at", "customs", "of", "dakar"])
            )
        )
    )

    assert found[:2] == [whole.id, most.id]


def test_most_stands_beside_what_must_be(post, find):
    post("Refrigerated containers delayed", category_id=2)
    found = post("Refrigerated containers delayed")
    words = Most((Word("refrigerated"), Word("containers"), Word("snow")))

    assert find(words, Has("category", ("1",))) == [found.id]
    assert find(words, Not(Has("category", ("2",)))) == [found.id]


def test_most_finds_the_same_in_every_order_and_counts_it(post, index):
    texts = ("Refrigerated containers", "Containers delayed", "Tenders of Dakar", "Containers")
    for n in range(24):
        post(texts[n % 4], topic_id=n // 2 + 1, tags=[str(n % 3)], likes=n)
    tender = Alike(Word("tender"), ((typed("appels offres"), 0.6), (Has("tag", ("2",)), 0.6)))
    node = Most((Word("refrigerated"), Word("containers"), tender, Word("snow")))

    for besides in ((), (Not(Word("delayed")),), (Has("tag", ("1", "2")),)):
        answers = [index.search(node, *besides, order=order, limit=50) for order in ORDERS]
        topics = {frozenset(hit.topic_id for hit in answer.page) for answer in answers}
        counts = index.current.count(asked(node, *besides))

        assert len(topics) == 1
        assert len({(answer.topics, answer.posts) for answer in answers}) == 1
        assert sum(counts["kind"].values()) == answers[0].topics == len(answers[0].page)


def test_other_tables_may_name_topics_and_posts(post, find):
    one, other = post("Pears of Ghent"), post("Pears of Turin")
    this = select(literal(one.topic_id).label("id"))
    both = union_all(this, select(literal(other.topic_id))).subquery()

    assert find("pears", Among("topic", this)) == [one.id]
    assert find(Among("post", this)) == [one.id]
    assert find("pears", Not(Among("topic", this))) == [other.id]
    assert set(find("pears", Among("topic", select(both.c.id)))) == {one.id, other.id}
    assert set(find(Either((Among("post", this), Word("turin"))))) == {one.id, other.id}


def test_a_time_has_a_first_moment_and_none_after_the_last(post, find):
    one, two, three = (post("Pears of Ghent") for _ in range(3))

    assert set(find("pears", Written(since=two.created_at))) == {two.id, three.id}
    assert find("pears", Written(until=two.created_at)) == [one.id]
    assert find("pears", Written(two.created_at, three.created_at)) == [two.id]
    assert set(find("pears", Not(Written(two.created_at, three.created_at)))) == {one.id, three.id}
    assert find(Written(until=two.created_at)) == [one.id]


def test_every_property_can_be_asked_for(post, find):
    found = post(
        "Pears of Ghent", topic_id=70, author_id=5, category_id=2, kind="opportunity", lang="fr",
        tags=["7", "8"], knowhow=["12"], markets=["SN", "BE"], marks=["first", "solved"],
    )  # fmt: skip
    post("Pears of Turin", tags=["78"], knowhow=["1"], markets=["FR"], marks=["closed"])
    properties = {
        "author": "5", "category": "2", "topic": "70", "kind": "opportunity", "lang": "fr",
        "tag": "8", "knowhow": "12", "market": "BE", "mark": "solved",
    }  # fmt: skip

    for name, value in properties.items():
        assert find(Has(name, (value,))) == [found.id], name
        assert find("pears", Has(name, (value, "no such thing"))) == [found.id], name
        assert found.id not in find("pears", Not(Has(name, (value,)))), name
