"""The search page and what is offered while typing."""

import pytest

from forum.config import config
from forum.core import limits
from tests.support.indexes import forget_index


@pytest.fixture
def found(write, index, cast):
    topic = write("Les économies d’énergie au port", "Économies & <b>gains</b>.", lang="fr")
    write("Economies of scale in ports", "Economies of every port.", kind="question", lang="en")
    index.catch_up()
    return topic


def test_the_page_shows_marked_results_with_their_counts(visit, found):
    page = visit().read("/search?q=economie")

    assert found.path in page
    assert "Les <mark>économies</mark> d’énergie au port" in page
    assert "<mark>Économies</mark> &amp; &lt;b&gt;gains&lt;/b&gt;." in page
    assert '<b class="num">2</b> topics' in page
    assert 'data-src="/search/facets?q=economie"' in page
    assert 'href="/search?q=economie&amp;facets=1"' in page


def test_a_ticked_box_narrows_and_can_be_unticked(visit, found):
    page = visit().read("/search?q=economie&lang=fr")

    assert "Economies of scale" not in page
    assert '<b class="num">1</b> topic' in page
    assert 'href="/search?q=economie">Français' in page


def test_a_chip_takes_an_operator_out_and_keeps_the_rest(visit, found):
    page = visit().read("/search?q=economie+in:title&order=latest")

    assert 'href="/search?q=economie&amp;order=latest">in titles' in page


def test_problems_are_explained_beside_the_results(visit, found):
    page = visit().read("/search?q=economie+after:never")

    assert "“never” is no date" in page
    assert found.path in page


def test_an_empty_result_offers_to_loosen_the_query_and_to_ask(visit, cast, found):
    page = visit(cast.rose).read("/search?q=walrus+lang:fr")

    assert "Nothing found" in page
    assert "/new-topic?title=walrus" in page
    assert 'href="/search?q=walrus">Without “Français”' in page


@pytest.mark.parametrize("query", ["", "   ", "-", "…", '"', "q=a&page=x", "&page=99999999999"])
def test_a_query_that_asks_nothing_shows_how_to_search(visit, found, query):
    page = visit().read(f"/search?q={query}")

    assert "Operators" in page


@pytest.mark.parametrize("value", ["x", "-1", "99999999999999999999", "²", "1'--"])
def test_strange_parameters_do_no_harm(visit, found, value):
    for name in ("page", "category", "kind", "lang", "order"):
        visit().read(f"/search?q=economie&{name}={value}")


def test_while_there_is_no_index_the_page_says_so(visit, found):
    forget_index()

    page = visit().read("/search?q=economies")

    assert "index is being built" in page
    assert "Economies</mark> of scale" in page


def test_pages_are_numbered_with_gaps(visit, write, index, monkeypatch):
    for n in range(9):
        write(f"Crates of size {n} by the dozen")
    index.catch_up()
    monkeypatch.setattr("forum.search.settings.PER_PAGE", lambda: 1)

    page = visit().read("/search?q=crates&page=5")

    assert '<span aria-current="page">5</span>' in page
    assert 'href="/search?q=crates&amp;page=6"' in page
    assert page.count('<span aria-hidden="true">…</span>') == 2
    assert 'rel="next"' in page


def test_a_page_beyond_the_last_leads_to_the_last(visit, found):
    answer = visit().get("/search?q=economie&page=99")

    assert answer.status_code == 302
    assert answer.location == "/search?q=economie&page=1"


def test_a_guest_searches_fifteen_times_a_minute(visit, found, monkeypatch):
    monkeypatch.setattr(config(), "limits", True)
    monkeypatch.setattr("forum.search.settings.BY_GUEST", limits.Limit("t", "15 per minute"))
    limits.forget_all()
    guest = visit()

    answers = [guest.get("/search?q=economie").status_code for _n in range(16)]

    assert answers == [200] * 15 + [429]


def test_programs_read_results_with_discourses_names(visit, cast, found):
    answer = visit(cast.rose).get("/search.json?q=economie+energie")

    assert answer.content_type == "application/json; charset=utf-8"
    (post,), (topic,) = answer.json["posts"], answer.json["topics"]
    assert (post["topic_id"], post["post_number"]) == (found.id, 1)
    assert "gains" in post["blurb"] and "<mark>" in post["topic_title_headline"]
    assert (topic["slug"], topic["category_id"]) == (found.slug, cast.square.id)
    told = answer.json["grouped_search_result"]
    assert (told["term"], told["post_ids"], told["error"]) == (
        "economie energie",
        [post["id"]],
        None,
    )
    assert answer.json["users"] == answer.json["tags"] == answer.json["groups"] == []


def test_the_address_answers_json_when_asked_to(visit, found):
    answer = visit().get("/search?q=economie", headers={"Accept": "application/json"})

    assert len(answer.json["posts"]) == 2
