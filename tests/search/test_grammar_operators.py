"""Each operator in each language, and what it asks for."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from forum.categories.queries import load_rights
from forum.core import clock, versions
from forum.core.database import session, transaction
from forum.core.i18n import lazy, use_locale
from forum.search.grammar import operators, parser
from forum.search.grammar.operators import Meaning, Operator, Place
from forum.search.grammar.values import own
from forum.search.question import Either, Every, Has, Not, Word, Written
from forum.topics.models.post import Post
from forum.vocabulary import markets
from forum.vocabulary import service as vocabulary
from tests.search.conftest import ask, label

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)  # a Monday


@pytest.fixture
def read(cast):
    return lambda text, by=None: parser.read(text, by or cast.rose)


def nodes(reading):
    assert reading.problems == []
    return list(reading.node.nodes)


def test_an_author(read, cast):
    for text in ("user:max", "@max", "membre:Max", "@MAX", "auteur:@max", "@max,", "@max,@max"):
        assert nodes(read(text)) == [Has("author", (str(cast.max.id),))], text
    assert nodes(read("@max,@ada")) == [Has("author", (str(cast.max.id), str(cast.ada.id)))]
    for text in ("@me", "@moi", "in:posted", "dans:écrits"):
        assert nodes(read(text)) == [Has("author", (str(cast.rose.id),))], text


def test_topics_that_someone_began(read, cast):
    mark = Has("mark", ("first",))
    for text in ("created:@max", "créé:max", "cree:Max", "lancé:@max"):
        assert nodes(read(text)) == [Has("author", (str(cast.max.id),)), mark], text
    for text in ("in:created", "in:mine", "dans:lancés", "created:me"):
        assert nodes(read(text)) == [Has("author", (str(cast.rose.id),)), mark], text


def test_a_category(read, cast):
    square, club = str(cast.square.id), str(cast.chess_club.id)
    for text in (
        "#square", "category:square", "catégorie:square", "categorie:Square", "category:=square",
        "#=square", "categories:square", "#squ", "category:squ",
    ):  # fmt: skip
        assert nodes(read(text)) == [Has("category", (square,))], text
    for text in ("#square,chess-club", 'catégories:square,"Chess club"'):
        assert nodes(read(text)) == [Has("category", (square, club))], text


def test_a_category_holds_those_inside_it_unless_it_is_to_be_alone(read, cast):
    with transaction():
        cast.chess_club.parent_id = cast.square.id
        session.merge(cast.chess_club)
        versions.step("categories")
    square, club = str(cast.square.id), str(cast.chess_club.id)

    def find(text):
        cast.rose.categories_version = None
        load_rights(cast.rose)
        return nodes(read(text))

    assert find("#square") == [Has("category", (square, club))]
    assert find("#=square") == [Has("category", (square,))]
    assert find("#square:chess-club") == [Has("category", (club,))]
    assert read("#chess-club:square").problems


def test_tags(read, write):
    quays = str(label(write("A topic about the quays"), "quays", "quais").id)
    ships = str(label(write("A topic about the ships"), "ships", "navires").id)

    for text in ("tag:quays", "étiquette:quays", "etiquettes:quais", "#quays", "tags:#quays"):
        assert nodes(read(text)) == [Has("tag", (quays,))], text
    assert nodes(read("tags:quays,navires")) == [Has("tag", (quays, ships))]
    assert nodes(read("tags:quays+ships")) == [Has("tag", (quays,)), Has("tag", (ships,))]
    assert nodes(read("-tags:quays+ships")) == [
        Not(Every((Has("tag", (quays,)), Has("tag", (ships,)))))
    ]
    assert [chip.label for chip in read("tag:quays,ships tag:quays+ships").chips] == [
        "tag quays or ships", "tag quays and ships",
    ]  # fmt: skip


def test_what_is_no_category_may_be_a_tag(read, write, cast):
    quays = Has("tag", (str(label(write("A topic about the quays"), "quays", "quais").id),))
    square = Has("category", (str(cast.square.id),))

    assert nodes(read("#square,quays")) == [Either((square, quays))]
    assert read("#square,quays").chips[0].label == "in Square or tag quays"
    assert read("#square,nowhere").problems[0].message.endswith("no category or tag “nowhere”.")


def test_a_beginning_that_several_categories_have_is_asked_about(read, cast):
    assert nodes(read("#s")) == [Has("category", (str(cast.square.id),))]
    assert read("#s", by=cast.max).problems[0].message == (
        "“s” may be Square or Staff room. Write more of it."
    )


def test_a_topic(read, write):
    topic = write("A topic about the quays")

    for text in (f"topic:{topic.id}", f"sujet:{topic.id}", f"topic:#{topic.id}"):
        assert nodes(read(text)) == [Has("topic", (str(topic.id),))], text


def test_dates_begin_in_the_readers_time_zone(read):
    for text, since, until in [
        ("after:2026", (2025, 12, 31, 23), None),
        ("après:2026-07", (2026, 6, 30, 22), None),
        ("before:2026-01-15", None, (2026, 1, 14, 23)),
        ("before:15/01/2026", None, (2026, 1, 14, 23)),
        ("avant:7.2026", None, (2026, 6, 30, 22)),
        ("avant:hier", None, (2026, 11, 21, 23)),
        ("after:yesterday", (2026, 11, 21, 23), None),
        ("after:aujourd’hui", (2026, 11, 22, 23), None),
        ("after:30", (2026, 10, 23, 22), None),
        ("depuis:lundi", (2026, 11, 22, 23), None),
        ("since:Tuesday", (2026, 11, 16, 23), None),
        ("after:march", (2026, 2, 28, 23), None),
        ("après:août", (2026, 7, 31, 22), None),
        ("après:aout", (2026, 7, 31, 22), None),
        ("après:févr.", (2026, 1, 31, 23), None),
        ("after:december", (2025, 11, 30, 23), None),
    ]:
        begin, end = (
            datetime(*moment, tzinfo=UTC) if moment else None for moment in (since, until)
        )
        with clock.stopped(NOON):
            assert nodes(read(text)) == [Written(begin, end)], text


def test_orders(read):
    for text, order in [
        ("order:latest", "latest"),
        ("ordre:récents", "latest"),
        ("order:oldest", "oldest"),
        ("ordre:sujets-récents", "latest_topic"),
        ("order:oldest_topic", "oldest_topic"),
        ("order:likes", "likes"),
        ("order:views", "views"),
        ("ordre:vues", "views"),
        ("order:relevance", "relevance"),
    ]:
        assert read(f"cold {text}").order == order, text


def test_words_in_titles(read):
    for text in ("in:title cold", "cold dans:titre", "CHAIN in:title", '"a b" -c in:titres'):
        assert "in_title=False" not in str(nodes(read(text))), text


def test_kinds_and_languages(read):
    assert nodes(read("kind:question lang:fr")) == [
        Has("kind", ("question",)), Has("lang", ("fr",)),
    ]  # fmt: skip
    assert nodes(read("kind:question,discussions")) == [Has("kind", ("question", "discussion"))]
    with use_locale("fr"):
        assert nodes(read("type:opportunités langue:anglais")) == [
            Has("kind", ("opportunity",)), Has("lang", ("en",)),
        ]  # fmt: skip


def test_states_that_the_index_knows(read):
    for text, expected in [
        ("in:first", Has("mark", ("first",))),
        ("in:solved", Has("mark", ("solved",))),
        ("statut:résolu", Has("mark", ("solved",))),
        ("status:closed", Has("mark", ("closed",))),
    ]:
        assert nodes(read(text)) == [expected], text


def test_markets_by_code_by_name_and_by_zone(read):
    for text in (
        "market:SN", "marché:sn", "market:senegal", "marché:Sénégal", "pays:senegal", "market:seneg"
    ):  # fmt: skip
        assert nodes(read(text)) == [Has("market", ("SN",))], text
    for text in ("market:south-africa", 'market:"South Africa"', "marché:afrique_du_sud"):
        assert nodes(read(text)) == [Has("market", ("ZA",))], text
    for text in ("market:germany,fr", "marché:france,allemagne"):
        assert nodes(read(text)) == [Has("market", ("DE", "FR"))], text
    zone = tuple(sorted(markets.countries_of("eu")))
    for text in ("market:eu", 'marché:"union européenne"'):
        assert nodes(read(text)) == [Has("market", zone)], text


def test_know_how_by_label_synonym_and_code_with_what_is_below(read):
    with transaction():
        vocabulary.load()
    turning = nodes(read("knowhow:machining/bar-turning"))
    (machining,) = nodes(read("knowhow:machining"))

    assert set(turning[0].values) < set(machining.values)
    for text in (
        "savoir-faire:décolletage", "knowhow:bar-turning", 'know-how:"screw machining"',
        "savoir_faire:decolletage", "knowhow:décolletage,bar-turning",
    ):  # fmt: skip
        assert nodes(read(text)) == turning, text
    assert nodes(read("savoir-faire:usinage")) == [machining]
    several = read("knowhow:m").problems[0].message
    assert several.startswith("“m” may be ") and " or " in several
    comma = read('sector:"Agriculture, forestry and fishing"')
    assert nodes(comma) == nodes(read("secteur:A"))


def test_a_feature_adds_an_operator_in_one_line(read, monkeypatch):
    monkeypatch.setattr(operators, "_operators", dict(operators._operators))
    meaning = Meaning("red", Has("mark", ("red",)))

    operators.register(
        Operator("colour", "couleur", lazy("solved"), ("colour:red",) * 2, lambda *_asked: meaning)
    )

    assert nodes(read("cold colour:red couleur:red")) == [Word("cold"), meaning.node, meaning.node]


def test_a_feature_brings_its_place_in_one_line(read, write, cast, monkeypatch):
    monkeypatch.setattr(operators, "_places", dict(operators._places))
    kept, _other = write("A topic that is kept"), write("A topic that is not")
    assert "do not exist here yet" in read("in:bookmarks").problems[0].message

    def kept_by(_viewer):
        return select(Post.id).where(Post.topic_id == kept.id)

    operators.register_place(Place("bookmarks", "signets", own(lazy("solved"), "post", kept_by)))

    assert "bookmarks" in {place.name for place in operators.all_places()}
    for text in ("in:bookmarks", "dans:signets", "topic in:bookmarks"):
        assert [r.topic.id for r in ask(cast.rose, text).found] == [kept.id], text
    assert ask(cast.guest, "in:bookmarks").reading.problems[0].message.startswith("Sign in")


def test_every_example_of_the_list_reads_without_a_problem(read, write, cast):
    label(write("A topic about the sea"), "maritime", "maritime")
    with transaction():
        vocabulary.load()
    number = write("A topic with a number").id
    there = {"ada": "max", "#logistics": "#square", "#logistique": "#square", "42": str(number)}

    for operator in operators.all_operators():
        for example in operator.examples:
            typed = example
            for name, known in there.items():
                typed = typed.replace(name, known)
            by = cast.ada if operator.name == "include" else cast.rose
            assert read(typed, by=by).problems == [], example


def test_reading_takes_few_statements_however_much_is_asked(read, write, queries_made):
    for name in ("quays", "ships", "cranes", "ropes"):
        label(write(f"A topic about the {name}"), name, name)
    one = {
        "@max": "@max,ada,rose,otto,nina,silas",
        "#square": "#square,chess-club",
        "tag:quays": "tag:quays,ships,cranes+ropes",
        "market:SN": "market:SN,FR,DE,IT,ES",
        "topic:1": "topic:1,2,3,4,5",
        "status:open": "status:open,closed,archived",
        "in:seen": "in:seen,unseen,likes",
    }
    for alone, several in one.items():
        read(alone)
        with queries_made() as few:
            read(alone)
        with queries_made() as many:
            read(several)
        assert len(many) == len(few) <= 3, alone
    with queries_made() as whole:
        read(" ".join([*one, "group:chess"] * 3))
    assert len(whole) <= 3 * 24


def test_words_alone_take_no_statement(read, queries_made):
    read("cold")
    with queries_made() as seen:
        read('cold OR ("deep sea"~3 ice*) lang:fr after:2026 min_posts:3 status:open in:seen')
    assert seen == []
