"""The page of a topic: what each person reads, and what each may do there."""

import re

import pytest

from forum.core.database import transaction
from forum.core.text import slug
from forum.topics.service import posts, reading, states, views
from tests.factories.topics import like, make_reply, make_topic

ACTS = ("Edit", "Delete", "Quote", "Recover", "Choose as solution")


@pytest.fixture
def talk(cast):
    """A question of Rose's with thirty answers, Otto and Max taking turns."""
    topic = make_topic(
        cast.rose, cast.square, title="Which logger for the cold chain to Dakar?", kind="question"
    )
    for number in range(30):
        make_reply(topic, cast.otto if number % 2 == 0 else cast.max)
    return topic


def test_a_topic_is_read_from_its_beginning(visit, talk):
    page = visit().read(talk.path)

    assert numbers(page) == list(range(1, 21))
    assert "Which logger for the cold chain to Dakar?" in page
    assert 'rel="next"' in page
    assert 'rel="prev"' not in page


def test_a_deep_link_opens_the_topic_around_its_post(visit, talk):
    page = visit().read(f"{talk.path}/25")

    assert 25 in numbers(page)
    assert numbers(page)[-1] == 31
    assert len(numbers(page)) == 20
    assert 'data-target="25"' in page
    assert 'rel="prev"' in page
    assert 'rel="next"' not in page


def test_the_links_to_earlier_and_later_posts_lead_through_the_topic(visit, talk):
    page = visit().read(talk.path)

    later = re.search(r'rel="next" href="([^"#]*)', page)

    assert later is not None
    assert numbers(visit().read(later[1]))[-1] == 31


def test_posts_before_and_after_a_number_come_without_the_page(visit, talk):
    later = visit().read(f"/t/{talk.id}/posts?after=20")
    earlier = visit().read(f"/t/{talk.id}/posts?before=12")

    assert numbers(later) == list(range(21, 32))
    assert "data-later" not in later
    assert numbers(earlier) == list(range(1, 12))
    assert "data-earlier" not in earlier
    assert "topic-map" in earlier
    assert "<html" not in later + earlier
    assert visit().get(f"/t/{talk.id}/posts").status_code == 422


def test_posts_before_a_number_are_the_nearest_ones_though_some_are_gone(visit, cast, talk):
    with transaction():
        found = posts.reply(talk, author=cast.otto, raw="One that will be taken away again soon.")
        posts.remove(found, talk, by=cast.max)
    make_reply(talk, cast.rose)

    page = visit().read(f"/t/{talk.id}/posts?before=33")

    assert numbers(page) == list(range(12, 32))


def test_a_deleted_last_post_promises_no_later_posts(visit, cast):
    topic = make_topic(cast.rose, cast.square)
    last = make_reply(topic, cast.otto)
    with transaction():
        posts.remove(last, topic, by=cast.otto)

    assert "data-later" not in visit().read(topic.path)


def test_a_page_takes_as_many_statements_for_thirty_posts_as_for_three(
    visit, cast, talk, queries_made
):
    short = make_topic(cast.max, cast.square)
    make_reply(short, cast.ada)
    otto = visit(cast.otto)
    otto.read(short.path)
    otto.read(talk.path)  # now the faces of those who wrote are known

    views.flush()  # or half a minute may pass, and counted views be written, in between
    with queries_made() as few:
        otto.read(short.path)
    with queries_made() as many:
        otto.read(talk.path)

    assert len(many) == len(few)
    assert len(many) <= 12


def test_the_page_knows_the_last_ring_before_its_posts(visit, cast, talk):
    page = visit().read(talk.path)

    assert re.search(r'data-heard="(\d+)"', page)[1] == str(30)


def test_the_last_visit_is_marked_before_the_first_unread_post(visit, cast, talk):
    with transaction():
        reading.read(talk, by=cast.nina, number=4)

    page = visit(cast.nina).read(talk.path)

    assert page.index('id="p4"') < page.index("Your last visit") < page.index('id="p5"')


def test_a_solved_question_shows_its_answer_below_it(visit, cast, talk):
    answer = make_reply(talk, cast.otto, "Ask for a **certificate** of calibration, three points.")
    with transaction():
        states.accept(answer, talk, by=cast.rose)

    page = visit().read(talk.path)

    assert "Ask for a certificate of calibration" in page
    assert f'href="{talk.path}/32#p32"' in page
    assert 'data-accepted="32"' in page


@pytest.mark.parametrize(
    ("name", "acts"),
    [
        ("guest", set()),
        ("silas", set()),
        ("nina", {"Quote"}),
        ("otto", {"Quote", "Edit", "Delete"}),
        ("rose", {"Quote", "Choose as solution"}),
        ("max", {"Quote", "Edit", "Delete", "Choose as solution"}),
    ],
)
def test_each_person_finds_the_acts_that_are_his_on_a_post(visit, cast, talk, name, acts):
    page = visit(cast.person(name)).read(f"{talk.path}/2")

    menu = re.search(r'id="p2".*?</article>', page, re.DOTALL)[0]

    assert {act for act in ACTS if act in menu} == acts


def test_a_liked_post_is_pressed_for_who_liked_it(visit, cast, talk):
    answer = make_reply(talk, cast.otto)
    like(answer, talk, cast.nina)

    for person, pressed in ((cast.nina, "true"), (cast.rose, "false")):
        drawn = visit(person).read(f"/posts/{answer.id}/fragment")

        assert f'aria-pressed="{pressed}"' in drawn
        assert numbers(drawn) == [answer.number]


def test_liking_works_with_a_plain_form(visit, cast, talk):
    answer = make_reply(talk, cast.otto)
    nina = visit(cast.nina)

    redirect = nina.post(f"/posts/{answer.id}/like")

    assert redirect.location == f"{talk.path}/32#p32"
    assert nina.delete(f"/posts/{answer.id}/like", headers=JSON).get_json()["like_count"] == 0


def test_a_deleted_post_is_one_line_for_staff_and_its_author_and_nothing_to_others(
    visit, cast, talk
):
    lost = make_reply(talk, cast.otto, "Words that were better left unsaid, perhaps.")

    answer = visit(cast.otto).post(f"/posts/{lost.id}/deletion")

    assert answer.location == f"{talk.path}/32#p32"
    for person in (cast.otto, cast.max):
        drawn = visit(person).read(f"/posts/{lost.id}/fragment")
        assert "was deleted" in drawn
        assert "Recover" in drawn
    for person in (None, cast.nina):
        assert visit(person).get(f"/posts/{lost.id}/fragment").status_code == 404
        assert "better left unsaid" not in visit(person).read(f"{talk.path}/32")


def test_a_deleted_post_can_be_brought_back(visit, cast, talk):
    lost = make_reply(talk, cast.otto)
    otto = visit(cast.otto)
    otto.post(f"/posts/{lost.id}/deletion", headers=JSON)

    assert otto.post(f"/posts/{lost.id}/recovery", headers=JSON).get_json()["success"] == "OK"
    assert visit().get(f"/posts/{lost.id}/fragment").status_code == 200


def test_a_closed_topic_says_so_instead_of_offering_a_reply(visit, cast, talk):
    visit(cast.max).post(f"/t/{talk.id}/status", {"status": "closed", "enabled": "true"})

    page = visit(cast.otto).read(talk.path)

    assert "it takes no more replies" in page
    assert "post-composer" not in page
    assert "closed this topic" in visit().read(f"{talk.path}/32")


def test_only_who_may_manage_finds_how(visit, cast, talk):
    assert "Manage" in visit(cast.max).read(talk.path)
    assert "Manage" not in visit(cast.otto).read(talk.path)
    answer = visit(cast.otto).post(f"/t/{talk.id}/status", {"status": "closed"})
    assert answer.status_code == 403


def test_how_closely_to_follow_is_chosen_with_a_form(visit, cast, talk):
    otto = visit(cast.otto)

    otto.post(f"/t/{talk.id}/notifications", {"notification_level": "3"})

    assert "Follow: each reply" in otto.read(talk.path)


def test_an_old_title_in_the_address_leads_to_the_present_one(visit, talk):
    answer = visit().get(f"/t/another-title/{talk.id}/7")

    assert (answer.status_code, answer.location) == (301, f"{talk.path}/7")


def test_a_topic_of_a_closed_place_is_not_there_for_those_outside(visit, cast):
    topic = make_topic(cast.rose, cast.chess_club)

    doors = (
        topic.path,
        f"{topic.path}/1",
        f"/t/{topic.id}/posts?after=0",
        f"/t/{topic.id}/suggested",
    )

    for door in doors:
        assert visit(cast.rose).get(door).status_code == 200
        assert visit(cast.otto).get(door).status_code == 404
        assert visit().get(door).status_code == 404


def test_what_to_read_next_leaves_out_the_topic_itself(visit, cast, talk):
    other = make_topic(cast.otto, cast.square, title="Storage at two degrees near Zeebrugge")

    drawn = visit().read(f"/t/{talk.id}/suggested")

    assert other.title in drawn
    assert talk.title not in drawn


def test_a_report_of_reading_moves_the_mark(visit, cast, talk):
    nina = visit(cast.nina)
    report = {"topic_id": talk.id, "topic_time": 4000, "timings": {"1": 2000, "3": 1500}}

    answer = nina.post("/topics/timings", json=report)

    assert answer.get_json() == {"success": "OK"}
    page = nina.read(talk.path)
    assert page.index('id="p3"') < page.index("Your last visit") < page.index('id="p4"')


JSON = {"Accept": "application/json"}


def numbers(page: str) -> list[int]:
    return [int(found) for found in re.findall(r'<article[^>]* data-number="(\d+)"', page)]


def test_numbers_alone_lead_to_a_post(visit, cast):
    topic = make_topic(cast.rose, cast.square)
    make_reply(topic, cast.otto)

    answer = visit().get(f"/t/{topic.id}/2")

    assert (answer.status_code, answer.location) == (301, f"{topic.path}/2")
    assert visit().get(f"/t/{topic.id}/2.json").json["id"] == topic.id


def test_a_title_of_digits_makes_no_address_that_passes_for_a_number():
    assert (slug("1993"), slug("1993 1994"), slug("?!")) == ("topic-1993", "1993-1994", "topic")
