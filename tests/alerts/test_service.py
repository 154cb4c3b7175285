"""Keeping searches: what may be kept, by whom, how many."""

import pytest
from sqlalchemy import select

from forum.alerts import asked, settings
from forum.alerts.models import DAILY, INSTANT, MAIL, NEVER, PAGE, SavedSearch
from forum.alerts.queries import own
from forum.alerts.service import saving
from forum.core import clock
from forum.core.database import session, transaction
from forum.core.errors import Forbidden, Invalid, NotFound


def save(owner, query="q=zanzibar", **more):
    with transaction():
        return saving.save(query, by=owner, **({"frequency": INSTANT, "channel": MAIL} | more))


def test_a_search_is_called_by_its_words_unless_its_owner_says_otherwise(cast):
    assert save(cast.rose, "q=cold+chain+%40ada").name == "cold chain"
    assert save(cast.rose, "q=%40ada").name == "@ada"
    assert save(cast.rose, "q=dakar", name="  The  south ").name == "The south"
    assert len(save(cast.rose, "q=" + "word+" * 40).name) <= settings.LONGEST_NAME


def test_the_same_search_is_kept_once(cast):
    first = save(cast.rose, asked.address_of({"q": ["zanzibar"], "kind": ["b", "a"]}))
    again = save(cast.rose, asked.address_of({"kind": ["a", "b"], "q": [" zanzibar "]}))

    assert first.id == again.id
    assert len(own.owned_by(cast.rose)) == 1


@pytest.mark.parametrize(
    ("fields", "address"),
    [
        ({"q": ["l’appel d'offres"]}, "q=l%E2%80%99appel+d%27offres"),
        ({"q": ["a"], "category": ["3", "x", "3"], "page": ["2"]}, "q=a&category=3"),
        ({"q": ["a"], "lang": ["fr"], "order": ["latest"]}, "q=a&lang=fr&order=latest"),
        ({"term": ["a"], "order": ["nonsense"], "other": ["x"]}, "q=a"),
        ({}, ""),
    ],
)
def test_an_address_is_kept_as_the_search_page_understands_it(fields, address):
    assert asked.address_of(fields) == address
    assert asked.address_of({k: [v] for k, v in asked.fields_of(address)}) == address


@pytest.mark.parametrize("query", ["", "q=", "q=+%2C", "q=order%3Alatest", "category=3"])
def test_what_asks_for_nothing_is_not_kept(cast, query):
    with pytest.raises(Invalid):
        save(cast.rose, query)


@pytest.mark.parametrize(
    "more",
    [{"frequency": "hourly"}, {"channel": "pigeon"}, {"name": "n" * 81}],
)
def test_what_cannot_be_is_refused(cast, more):
    with pytest.raises(Invalid):
        save(cast.rose, **more)


def test_a_search_that_is_too_long_is_refused(cast):
    ids = "".join(f"&category={number}" for number in range(300))
    with pytest.raises(Invalid):
        save(cast.rose, f"q=zanzibar{ids}")


def test_only_so_many_are_kept_and_deleting_makes_room(cast, monkeypatch):
    monkeypatch.setattr(settings.MOST_SEARCHES, "default", 2)
    first = save(cast.rose, "q=one")
    save(cast.rose, "q=two")
    with pytest.raises(Invalid, match="2 searches"):
        save(cast.rose, "q=three")
    with transaction():
        saving.remove(first, by=cast.rose)
    save(cast.rose, "q=three")

    with pytest.raises(Invalid, match="2 searches"), transaction():
        saving.recover(first, by=cast.rose)
    save(cast.otto, "q=one")


@pytest.mark.parametrize(
    ("who", "allowed"),
    [("ada", True), ("rose", True), ("nina", True), ("silas", True), ("guest", False)],
)
def test_members_keep_searches_and_guests_do_not(cast, who, allowed):
    if allowed:
        assert save(cast.person(who)).user_id == cast.person(who).id
    else:
        with pytest.raises(Forbidden):
            save(cast.person(who))


def test_who_has_not_confirmed_the_address_keeps_none(cast):
    with transaction():
        cast.nina.confirmed_at = None

    with pytest.raises(Forbidden):
        save(cast.nina)


ACTS = {
    "change": lambda one, by: saving.change(one, by=by, name="x", frequency=DAILY, channel=PAGE),
    "pause": lambda one, by: saving.pause(one, by=by, days=3),
    "resume": lambda one, by: saving.resume(one, by=by),
    "look": lambda one, by: saving.look_at(one, by=by),
    "remove": lambda one, by: saving.remove(one, by=by),
}


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("who", ["ada", "max", "otto", "guest"])
def test_nobody_touches_another_members_search(cast, act, who):
    saved = save(cast.rose)

    with pytest.raises(Forbidden), transaction():
        ACTS[act](saved, cast.person(who))
    with pytest.raises(NotFound):
        own.get(cast.person(who), saved.id)


def test_the_question_and_the_filter_agree(cast):
    from forum.alerts import policies

    kept = [save(cast.rose), save(cast.otto), save(cast.rose, "q=other")]
    with transaction():
        saving.remove(kept[2], by=cast.rose)

    for viewer in cast.people:
        seen = set(session.scalars(select(SavedSearch.id).where(policies.visible_to(viewer))))
        assert seen == {one.id for one in kept if policies.can_see(viewer, one)}


def test_when_it_is_asked_next_follows_the_frequency(cast):
    saved = save(cast.rose)
    due = []
    for frequency in (INSTANT, DAILY, NEVER):
        with transaction():
            saving.change(saved, by=cast.rose, name="z", frequency=frequency, channel=PAGE)
        due.append(saved.due_at)

    assert due[0] <= clock.now() < due[1]
    assert due[2] is None


@pytest.mark.parametrize("days", [0, -1, 366])
def test_a_pause_ends(cast, days):
    saved = save(cast.rose)

    with pytest.raises(Invalid), transaction():
        saving.pause(saved, by=cast.rose, days=days)
