"""The passage that is shown of a post."""

from hypothesis import given
from hypothesis import strategies as st

from forum.search import analysis, excerpts
from forum.search.excerpts import Sought
from forum.search.question import Beginning, Every, Near, Not, Phrase, Word


def sought(*words: str) -> Sought:
    return Sought.of(Every(tuple(Word(word) for word in words)))


def test_every_form_is_marked_as_it_is_written():
    title = excerpts.marked("Les économies, l’Économie et l’économe", sought("economie"))

    assert title == "Les <mark>économies</mark>, l’<mark>Économie</mark> et l’<mark>économe</mark>"


def test_markup_in_a_post_stays_text():
    shown = excerpts.excerpt("<b>cold</b> & <script>chain</script>", sought("cold"), 100)

    assert shown == "&lt;b&gt;<mark>cold</mark>&lt;/b&gt; &amp; &lt;script&gt;chain&lt;/script&gt;"


def test_the_passage_holds_most_of_what_was_sought():
    text = f"cold {'word ' * 200} the cold chain of Dakar {'word ' * 200}"

    shown = excerpts.excerpt(text, sought("cold", "chain", "dakar"), 200)

    assert "the <mark>cold</mark> <mark>chain</mark> of <mark>Dakar</mark>" in shown
    assert shown.startswith("…word") and shown.endswith("word…")
    assert len(shown.striptags()) <= 202


def test_what_no_break_spaces_join_stays_together():
    shown = excerpts.excerpt("The cold,\n\n-10\u00a0°C\u202f: enough", sought("cold"), 100)

    assert shown == "The <mark>cold</mark>, -10\u00a0°C\u202f: enough"


def test_small_words_are_marked_only_when_alone():
    assert excerpts.marked("the cold of the chain", sought("the", "cold")).count("<mark>") == 1
    assert excerpts.marked("the cold of the chain", sought("the")).count("<mark>") == 2


def test_what_must_not_be_is_not_marked():
    node = Every((Word("cold"), Not(Word("chain")), Phrase("deep sea")))

    shown = excerpts.marked("cold chain, deep sea", Sought.of(node))

    assert shown == "<mark>cold</mark> chain, <mark>deep</mark> <mark>sea</mark>"


def test_words_that_begin_as_asked_are_marked():
    node = Every((Beginning("trans"), Near(("cold", "chain"), 3)))

    shown = excerpts.marked("Transporters of the cold, a transit", Sought.of(node))

    assert shown == "<mark>Transporters</mark> of the <mark>cold</mark>, a <mark>transit</mark>"


def test_a_text_without_what_was_sought_shows_its_beginning():
    assert excerpts.excerpt("word " * 100, sought("cold"), 40).startswith("word word")


def test_a_very_long_text_is_read_in_a_moment():
    assert excerpts.excerpt("é'" * 100_000 + "cold", sought("cold"), 200)


@given(
    st.lists(
        st.sampled_from(["œuvre", "Économies", "économe", "dying", "skies", "l’été", "Ça", "9b"])
    ),
    st.lists(st.text("cdeiosyé9œ ", max_size=6), max_size=12),
)
def test_no_word_that_fits_is_passed_over(known: list[str], others: list[str]):
    text = analysis.composed(" ".join([*known, *others]))
    words = sought(*analysis.words(text)[::3])

    marked = excerpts.marked(text, words).count("<mark>")

    assert marked == sum(words.fits(word) for _start, _end, word in analysis.spans(text))
