"""Tags over topics: counted and told to those who may see them, merged with what they are on."""

import pytest
from sqlalchemy import insert

from forum.core import clock
from forum.core.database import session, transaction
from forum.tags import queries as words
from forum.tags import service as tag_service
from forum.topics.models.topic import Topic, TopicTag
from forum.topics.queries import tags
from forum.topics.service import tagging


@pytest.fixture
def places(cast):
    """`trade` on two open topics, `gambit` in the chess club, `both` in both, `spare` nowhere."""
    with transaction():
        made = {
            name: tag_service.create(name, by=cast.ada, label_en=f"The {name}")
            for name in ("trade", "gambit", "both", "spare")
        }
        tagged(cast, cast.square, made["trade"], made["both"])
        tagged(cast, cast.square, made["trade"])
        tagged(cast, cast.chess_club, made["gambit"], made["both"])
        tagged(cast, cast.square, made["trade"], listed=False)
    return made


def tagged(cast, category, *on, **more):
    moment = clock.now()
    topic = Topic(
        category_id=category.id, author_id=cast.rose.id, last_poster_id=cast.rose.id,
        title="A topic with tags", slug="tagged", created_at=moment, bumped_at=moment,
        last_posted_at=moment, **more,
    )  # fmt: skip
    session.add(topic)
    session.flush()
    session.execute(insert(TopicTag), [{"topic_id": topic.id, "tag_id": tag.id} for tag in on])
    return topic


def counted(viewer):
    return {one.tag.name: one.count for one in tags.used(viewer)}


def test_tags_are_counted_over_the_topics_the_viewer_may_list(cast, places):
    assert counted(cast.guest) == {"trade": 2, "both": 1}
    assert counted(cast.rose) == {"trade": 2, "both": 2, "gambit": 1}
    assert counted(cast.ada) == {"trade": 3, "both": 2, "gambit": 1}


def test_a_tag_of_a_closed_category_is_told_to_nobody_outside(cast, places):
    assert {tag.name for tag in tags.known(cast.otto)} == {"trade", "both", "spare"}
    assert tags.find(cast.otto, "gambit") is None
    assert tags.find(cast.rose, "gambit") is not None
    assert tags.suggest(cast.otto, "gam") == []
    assert [tag.name for tag in tags.suggest(cast.rose, "gam")] == ["gambit"]


def test_a_merge_moves_the_topics_once_each(cast, places):
    with transaction():
        tagging.merge(places["both"], into=places["trade"], by=cast.max)

    assert counted(cast.ada) == {"trade": 4, "gambit": 1}
    assert words.find("both").id == places["trade"].id


def test_topics_are_drawn_anew_when_a_label_changes(cast, places):
    with transaction():
        tagging.relabel(places["spare"], by=cast.max, label_fr="", label_en="Rest", synonyms=[])
        tagging.relabel(places["trade"], by=cast.max, label_fr="", label_en="Deals", synonyms=[])

    versions = [topic.version for topic in session.query(Topic).order_by(Topic.id)]
    assert versions == [2, 2, 1, 2]


def test_the_page_lists_tags_with_their_labels_and_counts(cast, visit, places):
    page = visit().read("/tags")

    assert 'href="/tag/trade">The trade</a>' in page
    assert "gambit" not in page and "spare" not in page


def test_the_json_is_in_discourses_words(cast, visit, places):
    listed = visit().get("/tags.json").json["tags"]
    found = visit().get("/tags/filter/search.json?q=tra").json["results"]

    assert [(tag["name"], tag["count"]) for tag in listed] == [("both", 1), ("trade", 2)]
    assert [(tag["name"], tag["label"]) for tag in found] == [("trade", "The trade")]
    assert visit().get("/tags/filter/search.json?q[]=tra").status_code == 422


def test_the_page_asks_as_often_for_three_tags_as_for_thirty(cast, visit, places, queries_made):
    browser = visit(cast.rose)
    browser.read("/tags")
    with queries_made() as few:
        browser.read("/tags")
    with transaction():
        for number in range(27):
            tagged(cast, cast.square, tag_service.create(f"tag-{number}", by=cast.ada))

    with queries_made() as many:
        browser.read("/tags")

    assert len(few) == len(many) <= 5


def test_staff_make_label_merge_and_delete_tags(cast, visit, places, database):
    browser = visit(cast.max)

    made = browser.post(
        "/admin/tags", {"name": "Origine", "label_en": "Origin", "synonyms": "eur1, preference"}
    )
    spare, trade = places["spare"].id, places["trade"].id
    changed = browser.post(f"/admin/tags/{trade}", {"label_fr": "Commerce", "synonyms": "négoce"})
    merged = browser.post(f"/admin/tags/{spare}/merger", {"into": "negoce"})
    deleted = browser.post(f"/admin/tags/{places['both'].id}/removal")

    assert {answer.status_code for answer in (made, changed, merged, deleted)} == {302}
    database.rollback()
    assert words.find("EUR1").name == "origine"
    assert words.find("spare").id == words.find("Commerce").id == trade
    assert counted(cast.ada) == {"trade": 3, "gambit": 1}


@pytest.mark.parametrize(
    ("path", "given", "said"),
    [
        ("", {"name": ""}, "This field is required."),
        ("", {"name": "trade"}, "already means a tag"),
        ("/{trade}", {"synonyms": "spare"}, "already means another tag"),
        ("/{trade}/merger", {"into": "nowhere"}, "no tag of this name"),
        ("/{trade}/merger", {"into": "trade"}, "merged with itself"),
    ],
)
def test_a_refusal_is_shown_beside_its_field(cast, visit, places, path, given, said):
    answer = visit(cast.max).post(f"/admin/tags{path.format(trade=places['trade'].id)}", given)

    assert answer.status_code == 422
    assert said in answer.get_data(as_text=True)


def test_the_staff_screen_tells_a_moderator_no_word_of_a_closed_category(cast, visit, places):
    page = visit(cast.max).read("/admin/tags")

    assert ">trade<" in page and ">spare<" in page and "gambit" not in page
    assert visit(cast.max).get(f"/admin/tags/{places['gambit'].id}").status_code == 404
    assert ">gambit<" in visit(cast.ada).read("/admin/tags")
