import pytest

from forum.accounts import passwords
from forum.core.errors import Invalid

ABOUT = ("rose", "Rose Marchand", "rose.marchand@kerloden.example")


@pytest.mark.parametrize(
    "password",
    ["ferry timetable 1984", "correct horse battery", "q7#Vt!9zLm", "Il fait beau à Brest",
     "bonjour tout le monde", "пароль не скажу", "x" + "0f8a" * 3 + "zq", "🦊 runs at night"],
)  # fmt: skip
def test_a_password_that_is_hard_to_guess_is_taken(database, password):
    passwords.check(password, about=ABOUT)


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("short", "at least 10"),
        ("x1!" * 90, "at most 256"),
        ("password123", "most used"),
        ("P@ssw0rd2024", "most used"),
        ("motdepasse1!", "most used"),
        ("chocolatchocolat", "most used"),
        ("1234567890", "pattern"),
        ("azertyuiop", "pattern"),
        ("aaaaaaaaaaaa", "pattern"),
        ("abcabcabcabc", "pattern"),
        ("rose.marchand9", "too close"),
        ("Marchand2026", "too close"),
        ("kerloden1999", "too close"),
        ("estuarynetwork", "too close"),
    ],
)
def test_a_password_that_is_easy_to_guess_is_refused_with_the_reason(database, password, reason):
    with pytest.raises(Invalid, match=reason):
        passwords.check(password, about=ABOUT)


def test_the_whole_password_counts_and_its_encoding_does_not():
    kept = passwords.hash_of("é" * 20 + "a")

    assert passwords.matches("e\u0301" * 20 + "a", kept)
    assert not passwords.matches("é" * 20 + "b", kept)
    assert not passwords.matches("é" * 20, kept)


def test_nobody_has_no_password():
    assert not passwords.matches("nobody has this password", None)
    assert not passwords.matches("anything", "")


def test_a_hash_of_another_cost_is_outdated():
    kept = passwords.hash_of("a long sentence")

    passwords.configure(memory_kib=2048, passes=1)

    assert passwords.outdated(kept)
    assert passwords.matches("a long sentence", kept)
