"""Changes to tags, and which tag a typed word means."""

import pytest

from forum.core.database import transaction
from forum.core.errors import Forbidden, Invalid
from forum.tags import queries, service


@pytest.fixture
def cold(cast):
    """The cold chain, with its words."""
    return make(cast, "chaine-du-froid", "chaîne du froid", "cold chain", ["reefer", "Froid"])


def make(cast, name, label_fr="", label_en="", synonyms=()):
    with transaction():
        return service.create(
            name, by=cast.max, label_fr=label_fr, label_en=label_en, synonyms=synonyms
        )


def resolved(*names, may_create=False):
    with transaction():
        return [tag.name for tag in service.resolve(names, may_create=may_create)]


@pytest.mark.parametrize(
    "typed",
    [
        "chaine-du-froid",
        "Chaîne du froid",
        "cold chain",
        "COLD-CHAIN",
        "reefer",
        "froid",
        " Froid ",
    ],
)
def test_every_word_for_a_tag_gives_the_tag(cold, typed):
    assert resolved(typed) == ["chaine-du-froid"]
    assert queries.find(typed).id == cold.id


def test_two_words_for_one_tag_give_it_once_and_the_order_is_kept(cast, cold):
    make(cast, "douane")

    assert resolved("customs", "reefer", "froid", may_create=True) == ["customs", "chaine-du-froid"]


def test_a_new_word_becomes_a_tag_only_where_that_is_allowed(cast, cold):
    with pytest.raises(Invalid) as refusal:
        resolved("Entrepôt")
    made = resolved("Entrepôt", may_create=True)

    assert refusal.value.field == "tags"
    assert made == ["entrepôt"]
    assert resolved("entrepot") == ["entrepôt"]


def test_words_without_letters_mean_nothing(cold):
    assert resolved("", "  ", "?!") == []


@pytest.mark.parametrize("name", ["", "?", "x" * 41])
def test_a_name_has_one_to_forty_characters(cast, name):
    with pytest.raises(Invalid):
        make(cast, name)


def test_forty_characters_are_counted_as_characters(cast):
    assert make(cast, "é" * 40).name == "é" * 40


def test_a_word_means_one_tag_only(cast, cold):
    with pytest.raises(Invalid):
        make(cast, "Cold chain")
    with pytest.raises(Invalid):
        make(cast, "douane", synonyms=["reefer"])
    with pytest.raises(Invalid):
        make(cast, "customs", synonyms=["chaine-du-froid"])


def test_labels_and_synonyms_change_and_the_name_stays(cast, cold):
    with transaction():
        service.change(cold, by=cast.max, label_fr="froid", label_en="cold", synonyms=["kühlung"])

    assert (cold.name, cold.label_fr) == ("chaine-du-froid", "froid")
    assert queries.find("Kuhlung").id == cold.id
    assert queries.find("reefer") is None


def test_an_absorbed_tag_lives_on_as_a_synonym(cast, cold):
    froid = make(cast, "frigo", synonyms=["glace"])

    with transaction():
        service.absorb(froid, into=cold, by=cast.max)

    assert queries.find("frigo").id == queries.find("glace").id == cold.id
    with pytest.raises(Invalid), transaction():
        service.absorb(cold, into=cold, by=cast.max)


@pytest.mark.parametrize("name", ["rose", "nina", "guest"])
def test_only_staff_look_after_tags(cast, cold, name):
    person = cast.person(name)
    for act in (
        lambda: service.create("neu", by=person),
        lambda: service.change(cold, by=person, label_fr="", label_en="", synonyms=()),
        lambda: service.absorb(cold, into=cold, by=person),
        lambda: service.remove(cold, by=person),
    ):
        with pytest.raises(Forbidden), transaction():
            act()


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("chai", ["chaine-du-froid"]),
        ("Chaî", ["chaine-du-froid"]),
        ("froi", ["froideur", "chaine-du-froid"]),
        ("reef", ["chaine-du-froid"]),
        ("haine", []),
        ("", ["chaine-du-froid", "froideur"]),
    ],
)
def test_suggestions_put_names_before_words_inside_before_synonyms(cast, cold, typed, names):
    make(cast, "froideur")

    found = queries.beginning_with(typed)

    tags = queries.by_ids(found)
    assert [tags[tag_id].name for tag_id in found] == names


def test_words_that_were_not_kept_are_not_remembered(cast, cold):
    with pytest.raises(Invalid), transaction():
        service.resolve(["fresh", "x" * 41], may_create=True)

    assert queries.find("fresh") is None


def test_known_words_are_read_again_only_when_they_change(cold, queries_made):
    queries.find("reefer")

    with queries_made() as seen:
        queries.beginning_with("reef")

    assert len(seen) == 1
