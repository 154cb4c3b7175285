import pytest

from tests.core.markup.place import Place, cooked, html


def link(name, shown=None):
    return f'<a class="mention" href="/u/{name}">@{shown or name}</a>'


def test_a_member_who_exists_is_linked():
    assert html("Merci @rose !") == f"<p>Merci {link('rose')}\u202f!</p>"


def test_a_name_nobody_has_stays_text():
    assert html("@nobody") == "<p>@nobody</p>"


def test_case_does_not_matter_and_is_kept():
    assert html("@Rose") == f"<p>{link('rose', 'Rose')}</p>"


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("@ines.querouan.", f"{link('ines.querouan')}."),
        ("@rose, @max_b", f"{link('rose')}, {link('max_b')}"),
        ("(@rose)", f"({link('rose')})"),
        ("**@rose**", f"<strong>{link('rose')}</strong>"),
        ("_@rose_", f"<em>{link('rose')}</em>"),
        ("*@max_b*", f"<em>{link('max_b')}</em>"),
        ("@rose's", f"{link('rose')}'s"),
        ("« @rose »", f"«\u202f{link('rose')}\u202f»"),
        ("@Élodie", '<a class="mention" href="/u/%C3%A9lodie">@Élodie</a>'),
    ],
)
def test_a_name_ends_where_the_sentence_goes_on(raw, expected):
    assert html(raw) == f"<p>{expected}</p>".replace("%C3%A9", "é")


@pytest.mark.parametrize("name", ["élodie", "李雷", "नमस्ते"])
def test_names_of_any_script_are_found(name):
    assert cooked(f"Bonjour @{name}, merci").mentions == (name,)


def test_a_decomposed_accent_is_the_same_name():
    assert cooked("@e\u0301lodie").mentions == ("élodie",)


@pytest.mark.parametrize(
    "raw",
    [
        "`@rose`",
        "```\n@rose\n```",
        "    @rose",
        "[@rose](/x)",
        "<https://a.example/@rose>",
        "https://a.example/@rose",
        "some@rose.example",
        "a@rose",
        "x/@rose",
        "@@rose",
        "\\@rose",
    ],
)
def test_no_mention_inside_code_links_and_addresses(raw):
    found = cooked(raw)

    assert found.mentions == ()
    assert "mention" not in found.html


def test_each_member_is_named_once_in_order():
    assert cooked("@max_b @rose @max_b @nobody").mentions == ("max_b", "rose")


def test_whom_a_quoted_post_names_is_linked_but_not_called():
    found = cooked('[quote="ines"]\n@rose\n[/quote]\n@max_b')

    assert found.mentions == ("max_b",)
    assert link("rose") in found.html


def test_names_are_looked_up_in_one_batch():
    place = Place()

    cooked("@rose @max_b #maritime #logistique [x](/y) @rose", place=place)

    assert place.asked == [
        ("mentions", ("rose", "max_b")),
        ("categories", ("maritime", "logistique")),
        ("tags", ("maritime",)),
    ]


def test_nothing_is_asked_when_nothing_is_named():
    place = Place()

    cooked("Just words, `@code` and a [link](/x).", place=place)

    assert place.asked == []
