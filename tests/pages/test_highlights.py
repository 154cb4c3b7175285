"""What stands out of what a member wrote, on his profile."""

import re

from forum.core.database import transaction
from forum.topics.models.reading import MUTED
from forum.topics.service import reading, states
from tests.factories.topics import like, make_reply, make_topic


def settle(cast, title, *, likes=0, place=None, by=None):
    """A question of Rose's that an answer settled, Otto's if nobody is named."""
    topic = make_topic(cast.rose, place or cast.square, title=title, kind="question")
    answer = make_reply(topic, by or cast.otto, f"This is what settled it: {title}")
    for person in [cast.rose, cast.max, cast.ada][:likes]:
        like(answer, topic, person)
    with transaction():
        states.accept(answer, topic, by=cast.rose)
    return topic


def test_the_answers_that_settled_a_question_come_first_the_best_liked_above(cast, visit):
    settle(cast, "Who seals the containers at night?")
    settle(cast, "Who weighs the containers at dawn?", likes=2)
    make_topic(cast.otto, cast.square, title="A topic that Otto began himself")

    page = visit().read("/u/otto/highlights")

    assert page.index("at dawn?") < page.index("at night?") < page.index("that Otto began")
    assert "This is what settled it" in page


def test_what_is_hidden_from_the_viewer_is_not_among_them(cast, visit):
    settle(cast, "Who seals the boards of the chess club?", place=cast.chess_club, by=cast.ada)

    assert "chess club?" in visit(cast.rose).read("/u/ada/highlights")
    assert "chess club?" not in visit(cast.nina).read("/u/ada/highlights")
    assert "chess club?" not in visit().read("/u/ada/highlights")


def test_a_profile_counts_what_its_lists_show_to_each_viewer(cast, visit):
    shared = make_topic(cast.ada, cast.square)
    muted = make_topic(cast.ada, cast.square)
    secret = make_topic(cast.ada, cast.chess_club, kind="question")
    for topic in (shared, secret, secret):
        make_reply(topic, cast.ada)
    with transaction():
        reading.follow(muted, by=cast.nina, level=MUTED)

    for viewer, counted in ((None, (2, 1)), (cast.nina, (1, 1)), (cast.rose, (3, 3))):
        browser = visit(viewer)
        figures = re.findall(r"<dd><b>(\d+)</b>", browser.read("/u/ada"))[:2]
        listed = browser.read("/u/ada/activity/topics")
        tabs = re.findall(r'/activity/\w+"[^>]*>\w+ <span class="n">(\d+)<', listed)
        topics = listed.count('<li class="topic')
        replies = browser.read("/u/ada/activity/replies").count('<li class="result"')
        assert (topics, replies) == counted
        assert tuple(map(int, figures)) == tuple(map(int, tabs)) == counted


def test_they_take_as_many_statements_for_many_answers_as_for_one(cast, visit, queries_made):
    guest, counts = visit(), []
    for number in range(4):
        settle(cast, f"Question of harbour number {number}?")
        make_topic(cast.otto, cast.square)
        guest.read("/u/otto/highlights")
        with queries_made() as seen:
            guest.read("/u/otto/highlights")
        counts.append(len(seen))

    assert len({*counts}) == 1


def test_the_profile_fetches_them_and_tabs_lead_to_all(cast, visit):
    page = visit().read("/u/otto")

    assert 'data-src="/u/otto/highlights"' in page
    assert 'href="/u/otto/activity/replies"' in page
