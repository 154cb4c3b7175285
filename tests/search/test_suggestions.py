"""What is offered while someone types: places to go, and how an operator goes on."""

import pytest
from sqlalchemy import update

from forum.accounts.models.user import User
from forum.core.database import session, transaction
from forum.core.i18n import set_locale
from forum.opportunities import service as opportunities
from forum.opportunities.service import Card
from forum.search import suggestions
from forum.vocabulary import service as vocabulary
from tests.search.conftest import label


@pytest.fixture
def found(write, cast):
    topic = write("Les économies d’énergie au port", "Économies.", lang="fr")
    label(topic, "ports", "ports")
    return topic


def offered(viewer, typed):
    found = suggestions.suggest(viewer, typed)
    return [(one.kind, one.path) for one in found if one.kind != "operator"]


def completed(viewer, typed):
    return [s.text for s in suggestions.suggest(viewer, typed) if s.kind == "operator"]


def test_topics_members_categories_and_tags_are_offered(found, cast):
    assert offered(cast.rose, "economie energie") == [("topic", found.path)]
    assert offered(cast.rose, "po") == [("topic", found.path), ("tag", "/tag/ports")]
    assert offered(cast.rose, "#por") == [("tag", "/tag/ports")]
    assert offered(cast.rose, "squa") == [("category", cast.square.path)]
    assert offered(cast.rose, "@ot") == [("member", "/u/otto")]


@pytest.mark.parametrize("typed", ["", "o", "%_", "@", "#", '"', "-", ":", "x:", "\x00", "in:\x00"])
def test_what_says_too_little_offers_no_place(found, cast, typed):
    assert offered(cast.rose, typed) == []


def test_a_short_word_begins_a_word_of_the_title_and_a_longer_one_may_stand_inside(write, cast):
    topic = write("Transport of bananas to Oran")

    assert offered(cast.rose, "ban") == [("topic", topic.path)]
    assert offered(cast.rose, "ans") == []
    assert offered(cast.rose, "sport") == [("topic", topic.path)]


def test_companies_of_members_and_of_visible_opportunities_are_offered(cast, write):
    with transaction():
        vocabulary.load()
        session.execute(
            update(User).where(User.id == cast.otto.id).values(company="Kerloden Instruments")
        )
    for place, company in ((cast.square, "Pellac Kernel"), (cast.staff_room, "Kertuile")):
        card = Card("offer", "business", ["SN"], ["machining"], None, company=company)
        with transaction():
            opportunities.publish(
                card, author=cast.max, category_id=place.id, title="Twenty pumps for Dakar",
                raw=f"Twenty of them, of {company}, hardly used.",
            )  # fmt: skip
    instruments = ("company", "/search?q=company%3A%22Kerloden+Instruments%22")
    kernel = ("company", "/search?q=company%3A%22Pellac+Kernel%22")

    assert offered(cast.rose, "ker") == [instruments, kernel]
    assert offered(cast.guest, "kertu") == []
    assert offered(cast.max, "kertu") == [("company", "/search?q=company%3A%22Kertuile%22")]


def test_what_was_typed_is_marked_in_what_is_offered(found, cast):
    (topic, *_rest) = suggestions.suggest(cast.rose, "econ PORT")

    assert topic.marks == ((4, 4), (27, 4))
    assert [topic.label[start : start + n] for start, n in topic.marks] == ["écon", "port"]


def test_the_name_of_an_operator_goes_on_in_the_language_of_the_page(found, cast):
    assert completed(cast.rose, "froid ta") == ["froid tag:"]
    assert completed(cast.rose, "-cat") == ["-category:"]
    set_locale("fr")
    assert completed(cast.rose, "ét") == completed(cast.rose, "et") == ["étiquette:"]
    assert completed(cast.rose, "avan") == ["avant:"]


def test_the_value_of_an_operator_goes_on(found, cast):
    assert "in:title " in completed(cast.rose, "in:")
    assert completed(cast.rose, "froid in:ti") == ["froid in:title "]
    assert completed(cast.rose, "kind:que") == ["kind:question "]
    assert completed(cast.rose, "lang:") == ["lang:fr ", "lang:en "]
    assert completed(cast.rose, "user:ot") == ["user:otto "]
    assert completed(cast.rose, "port @ot") == ["port @otto "]
    assert completed(cast.rose, "port -#squ") == ["port -#square "]
    assert completed(cast.rose, "tag:po") == ["tag:ports "]


def test_a_finished_operator_leaves_the_words_to_be_looked_for(found, cast):
    assert offered(cast.rose, "in:title ") == []
    assert ("topic", found.path) in offered(cast.rose, "lang:fr port")
    assert ("topic", found.path) in offered(cast.rose, 'tag:"ports" port')


def test_what_may_not_be_seen_is_offered_by_no_completion(write, cast):
    secret = write("The zanzibar ledger", by=cast.max, place=cast.staff_room)
    label(secret, "zanzibar", "zanzibar")

    for viewer in (cast.guest, cast.otto):
        for typed in ("tag:zan", "x #zan", "x #staff", "category:staff", "zanz", "ledger"):
            assert suggestions.suggest(viewer, typed) == [], typed
    assert completed(cast.max, "tag:zan") == ["tag:zanzibar "]
    assert "x #staff-room " in completed(cast.max, "x #staff")


@pytest.mark.parametrize("typed", ["po", "in:", "tag:p", "@ot", "#p"])
def test_offers_take_as_many_statements_for_thirty_rows_as_for_three(
    found, write, cast, queries_made, typed
):
    def needed():
        suggestions.suggest(cast.otto, typed)
        with queries_made() as seen:
            suggestions.suggest(cast.otto, typed)
        return len(seen)

    few = needed()
    for number in range(12):
        label(write(f"Port number {number} of the coast"), f"port{number}", f"port{number}")

    assert needed() == few <= 6


def test_programs_and_the_box_read_them(visit, cast, found):
    answer = visit(cast.rose).get("/search/suggestions.json?q=econ").json

    (topic,) = answer["suggestions"]
    assert topic["path"] == found.path
    assert topic["marks"] == [[4, 4]] and topic["text"] is None
