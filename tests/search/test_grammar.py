"""Queries, as people type them."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forum.core import clock, versions
from forum.core.database import session, transaction
from forum.core.i18n import lazy, use_locale
from forum.search.grammar import operators, parser
from forum.search.grammar.operators import Meaning, Operator
from forum.search.question import Every, Has, Not, Phrase, Word, Written
from forum.tags.models import Tag
from forum.topics.models.topic import TopicTag

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture
def read(cast):
    return lambda text, by=None: parser.read(text, by or cast.rose)


def nodes(reading):
    assert reading.problems == []
    return list(reading.node.nodes)


def test_words_phrases_and_refusals(read):
    reading = read('Cold «Chaîne du froid» -oak -"old pine"')

    assert nodes(reading) == [
        Word("cold"),
        Phrase("chaine du froid"),
        Not(Word("oak")),
        Not(Phrase("old pine")),
    ]
    assert reading.words == "Cold «Chaîne du froid»"


def test_a_word_of_several_parts_wants_each(read):
    assert nodes(read("l’appel")) == [Word("l"), Word("appel")]
    assert nodes(read("-sous-traitant")) == [Not(Every((Word("sous"), Word("traitant"))))]


@pytest.mark.parametrize("text", ["user:max", "@max", "membre:Max", "@MAX"])
def test_an_author(read, cast, text):
    assert nodes(read(text)) == [Has("author", (str(cast.max.id),))]


@pytest.mark.parametrize(
    "text", ["#square", "category:square", "catégorie:square", "categorie:Square"]
)
def test_a_category(read, cast, text):
    assert nodes(read(text)) == [Has("category", (str(cast.square.id),))]


@pytest.mark.parametrize("text", ["tag:quays", "étiquette:quays", "etiquette:quais", "#quays"])
def test_a_tag(read, write, text):
    topic = write("A topic about the quays")
    tag = label(topic, "quays", "quais")

    assert nodes(read(text)) == [Has("tag", (str(tag.id),))]


def test_a_tag_of_private_topics_does_not_exist_for_others(read, write, cast):
    topic = write("A topic about the quays", place=cast.staff_room)
    label(topic, "quays", "quais")

    assert [p.text for p in read("tag:quays", by=cast.otto).problems] == ["tag:quays"]
    assert read("tag:quays", by=cast.otto).problems[0].message == "There is no tag “quays”."
    assert nodes(read("tag:quays", by=cast.max))


def test_a_category_one_may_not_see_does_not_exist(read, cast):
    told = read("#staff-room", by=cast.otto).problems[0].message

    assert told == read("#nowhere-at-all", by=cast.otto).problems[0].message.replace(
        "nowhere-at-all", "staff-room"
    )


@pytest.mark.parametrize("text", ["in:title cold", "cold dans:titre", "CHAIN in:title"])
def test_words_in_titles(read, text):
    assert all(node.in_title for node in nodes(read(text)))


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("after:2026", datetime(2025, 12, 31, 23, tzinfo=UTC), None),
        ("après:2026-07", datetime(2026, 6, 30, 22, tzinfo=UTC), None),
        ("before:2026-01-15", None, datetime(2026, 1, 14, 23, tzinfo=UTC)),
        ("avant:hier", None, datetime(2026, 11, 21, 23, tzinfo=UTC)),
        ("after:yesterday", datetime(2026, 11, 21, 23, tzinfo=UTC), None),
        ("after:aujourd’hui", datetime(2026, 11, 22, 23, tzinfo=UTC), None),
        ("after:30", datetime(2026, 10, 23, 22, tzinfo=UTC), None),
    ],
)
def test_dates_begin_in_the_readers_time_zone(read, text, since, until):
    with clock.stopped(NOON):
        assert nodes(read(text)) == [Written(since, until)]


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("order:latest", "latest"),
        ("ordre:récents", "latest"),
        ("order:oldest", "oldest"),
        ("order:likes", "likes"),
        ("order:views", "views"),
        ("order:relevance", "relevance"),
    ],
)
def test_orders(read, text, order):
    assert read(f"cold {text}").order == order


def test_kinds_and_languages(read):
    assert nodes(read("kind:question lang:fr")) == [
        Has("kind", ("question",)),
        Has("lang", ("fr",)),
    ]
    with use_locale("fr"):
        assert nodes(read("type:question langue:anglais")) == [
            Has("kind", ("question",)),
            Has("lang", ("en",)),
        ]


@pytest.mark.parametrize(
    "text",
    [
        "before:never",
        "after:2026-13",
        "after:2026-02-30",
        "order:best",
        "@nobody-of-that-name",
        "#nothing",
        "tag:",
        "kind:poem",
        "lang:de",
        "in:space",
        "x" * 400,
        "word " * 40,
    ],
)
def test_a_part_without_sense_is_explained_and_the_rest_is_sought(read, text):
    reading = read(f"cold {text}")

    assert Word("cold") in reading.node.nodes
    assert reading.problems and reading.problems[0].message


def test_what_looks_like_an_operator_and_is_none_is_words(read):
    assert nodes(read("https://ex.org/a RE:cold 10:30")) == [
        Word(word) for word in ["https", "ex", "org", "a", "re", "cold", "10", "30"]
    ]


def test_each_chip_leads_to_the_query_without_it(read, cast):
    reading = read('cold @max -#square after:2026-01 "deep sea"')

    assert [(chip.label, chip.without) for chip in reading.chips] == [
        ("by Max", 'cold -#square after:2026-01 "deep sea"'),
        ("not in Square", 'cold @max after:2026-01 "deep sea"'),
        ("since January 2026", 'cold @max -#square "deep sea"'),
    ]


def test_a_feature_adds_an_operator_in_one_line(read, monkeypatch):
    monkeypatch.setattr(operators, "_operators", dict(operators._operators))
    meaning = Meaning("in Senegal", Has("market", ("SN",)))

    operators.register(
        Operator(
            "market", "marché", lazy("country"), ("market:SN",) * 2, lambda _value, _viewer: meaning
        )
    )

    assert nodes(read("cold market:SN marché:SN")) == [Word("cold"), meaning.node, meaning.node]


@settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.text(max_size=80)
    | st.lists(
        st.sampled_from(
            ['"', "-", "@", "#", "tag:", "in:title", "after:", "1", "order:", " ", "'", "é"]
        )
    ).map("".join)
)
def test_no_query_fails(read, text):
    reading = read(text)

    assert len(reading.text) <= 300
    assert all(problem.message for problem in reading.problems)


@pytest.mark.parametrize("part", ['"', "-", "a:", "@", "# ", "tag:x", "\u0301", '-"', "é'"])
def test_a_hostile_query_is_read_in_a_moment(read, part):
    began = datetime.now(UTC)

    read(part * (50_000 // len(part)))

    assert datetime.now(UTC) - began < timedelta(seconds=1)


def label(topic, name: str, french: str) -> Tag:
    with transaction():
        tag = Tag(name=name, label_fr=french, label_en=name, created_at=clock.now())
        session.add(tag)
        session.flush()
        session.add(TopicTag(topic_id=topic.id, tag_id=tag.id))
        versions.step("tags")
    return tag


def test_every_example_of_the_list_reads_without_a_problem(read, write, cast):
    label(write("A topic about the sea"), "maritime", "maritime")
    unknown = {"@ada": "@max", "#logistics": "#square", "#logistique": "#square"}

    for operator in operators.all_operators():
        for example in operator.examples:
            assert read(unknown.get(example, example)).problems == [], example
