"""What is given to the index is in it, once, as it was given last."""

from dataclasses import replace

from forum.search import engine
from forum.search.question import Has, Word
from tests.search.contract.conftest import BACK_ROOM, WORKSHOP


def test_a_document_takes_the_place_of_the_one_before(post, index):
    before = post("Porcelain", tags=["1"])
    index.index(replace(before, text="Stoneware", category_id=WORKSHOP, tags=["2"]))

    assert index.find("porcelain") == index.find(Has("tag", ("1",))) == []
    assert index.find("stoneware", Has("tag", ("2",)), Has("category", ("2",))) == [before.id]
    assert [*index.current.ids()] == [before.id]


def test_giving_twice_is_giving_once(post, index):
    one = post("Porcelain", tags=["1"])
    before = index.told("porcelain")

    index.index(one)
    index.index(one)

    assert index.told("porcelain") == before


def test_what_is_taken_out_is_gone_and_may_come_back(post, index):
    one, other = post("Porcelain"), post("Porcelain")

    index.current.remove([one.id, 999])
    assert index.find("porcelain") == [other.id]
    index.current.index([one], gone=[other.id])
    assert index.find("porcelain") == [one.id]
    assert {*index.current.ids()} == {one.id}


def test_a_new_generation_is_built_beside_and_swapped(post, index):
    one = post("Porcelain")
    before = engine.current()

    beside = engine.shelf().new()
    beside.index([replace(one, text="Stoneware")])
    assert index.find("porcelain") == [one.id]
    beside.complete()
    beside.index([replace(one, id=77, topic_id=77, text="Stoneware")])
    assert index.find("stoneware") == []
    engine.shelf().use(beside)
    engine.shelf().clear_away()

    assert engine.current() != before
    assert {*index.find("stoneware")} == {one.id, 77}
    assert {*index.current.ids()} == {one.id, 77}


def test_a_misspelt_word_leads_to_words_that_are_written_alike(post, index):
    post("The compressor of the freezer in Zanzibar")
    post("A compression of the spring")

    assert index.current.alike("compresor", 3)[0] == "compressor"
    assert "zanzibar" in index.current.alike("zanzibr", 3)
    assert index.current.alike("qqqqqq", 3) == []


def test_a_word_that_hardly_anyone_wrote_may_be_a_slip(post, index):
    posts = {post("The compressor of the freezer").id for _ in range(5)}
    post("A compresser is what nobody means")

    assert index.find(Word("compresor")) == []
    assert {*index.find(Word("compresor", loosely=True))} == posts
    assert {*index.find(Word("compresor", loosely=True), "freezer")} == posts
    assert index.find(Word("freezer", loosely=True)) != []


def test_a_slip_leads_to_no_word_that_one_may_not_see(post, index):
    for _ in range(9):
        post("The compressor of the freezer", category_id=BACK_ROOM)

    assert index.find(Word("compresor", loosely=True)) == []


def test_a_word_that_left_the_index_is_not_offered(post, index):
    gone = post("The compressor of the freezer")
    index.current.remove([gone.id])

    assert list(index.current.alike("compresor", 3)) == []
