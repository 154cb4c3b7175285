import pytest

from forum.accounts import names
from forum.core.errors import Invalid


@pytest.mark.parametrize(
    "name",
    ["rose", "ines.querouan", "Ada-1815", "_nina", "лариса", "Ελένη", "maëlle", "日本ひらカナ",
     "हिन्दी", "badminton", "ali", "joe.root", "x12"],
)  # fmt: skip
def test_a_name_of_one_script_may_be_chosen(database, name):
    names.check(names.normalize(name))


@pytest.mark.parametrize(
    "name",
    [
        "ab",
        "a" * 21,
        "two words",
        "-rose",
        ".rose",
        "rose.",
        "ro..se",
        "ro-_se",
        "rose!",
        "ro@se",
        "<rose>",
        "12345",
        "readme.html",
        "ro\u200bse",  # zero width
        "ro\u202ese",  # turns the text around
        "ro\u00adse",
        "\u0301rose",
        "rose\U0001f339",
        "rоse",  # Cyrillic o
        "αdmin",
    ],
)
def test_a_name_that_could_mislead_is_refused(database, name):
    with pytest.raises(Invalid) as refusal:
        names.check(names.normalize(name))

    assert refusal.value.field == "username"


@pytest.mark.parametrize(
    "name",
    ["admin", "Admin", "adm1n", "Adm1N", "admln", "a.d.m.i.n", "the_admin", "admin-lyon",
     "moderator", "m0derat0r", "Modérateur", "staff", "system", "Équipe", "support.team",
     "everyone", "all", "me.", "no-reply", "trust_level_4", "login", "signup"],
)  # fmt: skip
def test_names_of_the_house_are_kept(database, name):
    with pytest.raises(Invalid):
        names.check(names.normalize(name))


@pytest.mark.parametrize(
    ("one", "other"),
    [("Ian", "lan"), ("coco", "сосо"), ("paypal", "раураl"), ("B0b", "Bob"), ("marne", "mame"),
     ("rose", "ＲＯＳＥ"), ("ada1", "adaI"), ("ada1", "adal"), ("Élise", "E\u0301lise")],
)  # fmt: skip
def test_names_that_look_the_same_share_a_skeleton(one, other):
    assert names.skeleton(one) == names.skeleton(other)


@pytest.mark.parametrize(
    ("one", "other"), [("rose", "rosa"), ("andre", "andré"), ("mali", "mall"), ("a.b", "a-b")]
)
def test_names_that_people_tell_apart_do_not(one, other):
    assert names.skeleton(one) != names.skeleton(other)


def test_every_ascii_letter_has_one_skeleton_with_each_of_its_look_alikes():
    from confusable_homoglyphs.confusables import confusables_data

    for letter in "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789":
        doubles = [d["c"] for d in confusables_data.get(letter, []) if len(d["c"]) == 1]
        for double in doubles:
            assert names.skeleton(f"x{letter}x") == names.skeleton(f"x{double}x"), double


def test_importers_get_a_free_name_near_the_wanted_one():
    taken = {names.skeleton("john_smith")}

    found = [
        names.unique_username(wanted, taken)
        for wanted in ["John Smith", "John Smith", "<b>", "", "日本", "l", "I", "a.json", "x" * 90]
    ]

    assert found[0] == "John_Smith_2"
    assert len({names.skeleton(name) for name in found}) == len(found)
    assert all(3 <= len(name) <= names.LONGEST for name in found)
