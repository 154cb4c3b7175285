"""What each operator finds on a small forum, by the index and by the database alone."""

from datetime import timedelta

import pytest

from forum.core import clock
from forum.core.database import session, transaction
from forum.opportunities import service as opportunities
from forum.opportunities.service import Card
from forum.topics.models.post import Attachment
from forum.topics.models.reading import TRACKING, WATCHING
from forum.topics.models.topic import Topic
from forum.topics.service import reactions, reading, states
from forum.vocabulary import service as vocabulary
from tests.search.conftest import ask, first_post, reply


@pytest.fixture(params=["index", "database"])
def forum(request, index, write, cast):
    """Topics that differ in one thing each; `plain` differs in nothing."""
    with transaction():
        vocabulary.load()
        for person, company in ((cast.otto, "Atlas Freight"), (cast.ada, "House of Trade")):
            person.company = company
            session.merge(person)
    names = ("plain", "closed", "archived", "pinned", "solved", "unsolved", "pictured", "filed",
             "tagged", "busy", "viewed", "elder")  # fmt: skip
    made = {
        name: write(
            f"The topic that is {name}",
            "A seagull. ![a bird](https://ex.org/bird.png)" if name == "pictured" else "A seagull.",
            by=cast.otto if name == "plain" else cast.ada,
            kind="question" if "solved" in name else "discussion",
            tag_names=["quays"] if name == "tagged" else (),
            days_ago=400 if name == "elder" else 0,
        )
        for name in names
    }
    with transaction():
        states.close(made["closed"], by=cast.max)
        states.archive(made["archived"], by=cast.max)
        states.pin(made["pinned"], by=cast.max)
        session.get_one(Topic, made["viewed"].id).views = 500
    answer = reply(made["solved"], "A seagull too.", by=cast.otto)
    for number in range(3):
        reply(made["busy"], f"Seagull number {number}.", by=cast.rose)
    with transaction():
        states.accept(answer, made["solved"], by=cast.ada)
        reactions.like(first_post(made["pinned"]), made["pinned"], by=cast.rose)
        reading.read(made["tagged"], by=cast.rose, number=1)
        reading.follow(made["viewed"], by=cast.rose, level=WATCHING)
        reading.follow(made["filed"], by=cast.rose, level=TRACKING)
        session.add(
            Attachment(
                post_id=first_post(made["filed"]).id, file_name="Plan.PDF", key="k", bytes=1,
                mime="application/pdf", created_at=clock.now(),
            )
        )  # fmt: skip
        for side, sector in (("offer", "41"), ("request", "50")):
            card = Card(
                side=side, kind="business", markets=["SN"], knowhow=["machining/bar-turning"],
                sector=sector, company=f"Firm of the {side}",
            )  # fmt: skip
            made[side] = opportunities.publish(
                card, author=cast.max, category_id=cast.square.id,
                title=f"The topic that is {side}", raw=f"A seagull of a certain {side}.",
            )  # fmt: skip
    if request.param == "index":
        index.catch_up()
    return request.param == "index", made


EVERY = {
    "plain", "closed", "archived", "pinned", "solved", "unsolved", "pictured", "filed", "tagged",
    "busy", "viewed", "elder", "offer", "request",
}  # fmt: skip
FOUND = [
    ("seagull", EVERY),
    ("status:open", EVERY - {"closed", "archived"}),
    ("statut:ouvert", EVERY - {"closed", "archived"}),
    ("status:closed", {"closed"}),
    ("statut:fermé,archivé", {"closed", "archived"}),
    ("status:public", EVERY),
    ("status:noreplies", EVERY - {"solved", "busy"}),
    ("status:single_user", EVERY - {"solved", "busy"}),
    ("statut:un-seul-auteur -status:single_user", set()),
    ("status:solved", {"solved"}),
    ("in:unsolved", {"unsolved"}),
    ("statut:non-résolu", {"unsolved"}),
    ("in:pinned", {"pinned"}),
    ("in:tagged", {"tagged"}),
    ("dans:sans-étiquette", EVERY - {"tagged"}),
    ("in:likes", {"pinned"}),
    ("in:watching", {"viewed"}),
    ("in:tracking", {"viewed", "filed", "busy"}),
    ("in:seen", {"tagged", "busy"}),
    ("dans:non-lus", EVERY - {"tagged", "busy"}),
    ("in:posted", {"busy"}),
    ("dans:tout", EVERY),
    ("min_posts:3", {"busy"}),
    ("min_messages:2 max_posts:3 -@ada", {"solved"}),
    ("posts_count:4", {"busy"}),
    ("min_views:100", {"viewed"}),
    ("max_vues:100", EVERY - {"viewed"}),
    ("with:images", {"pictured"}),
    ("avec:fichiers", {"filed"}),
    ("filetypes:pdf", {"filed"}),
    ("filetypes:.png,docx", {"pictured"}),
    ("company:atlas", {"plain", "solved"}),
    ("entreprise:firm", {"offer", "request"}),
    ("group:chess", {"busy"}),
    ("groupe:équipe -@ada", {"offer", "request"}),
    ("kind:offer", {"offer"}),
    ("type:demande", {"request"}),
    ("kind:offer,question", {"offer", "solved", "unsolved"}),
    ("kind:business", {"offer", "request"}),
    ("sector:construction", {"offer"}),
    ('secteur:"transports par eau"', {"request"}),
    ("market:senegal", {"offer", "request"}),
    ("marché:fr", set()),
    ("knowhow:machining", {"offer", "request"}),
    ("created:@otto", {"plain"}),
    ("in:created", set()),
    ("before:100", {"elder"}),
    ("pictu*", {"pictured"}),
    ("(pictured OR filed)", {"pictured", "filed"}),
    ('(in:title "is elder")', {"elder"}),
    ('"bird seagull"~3', {"pictured"}),
    ("-pictured -status:open", {"closed", "archived"}),
    ("kind:offer OR status:closed", {"offer", "closed"}),
    ("-(kind:offer OR kind:request) -@ada", {"plain", "solved", "busy"}),
    ("NOT in:pinned status:single_user -in:tagged -@ada", {"plain", "offer", "request"}),
    ("(min_views:100 OR in:tagged) in:pinned", set()),
]


def test_each_operator_finds_what_it_says(forum, cast):
    by_index, made = forum
    names = {topic.id: name for name, topic in made.items()}
    for asked, expected in FOUND:
        found = ask(cast.rose, f"seagull {asked}" if asked != "seagull" else asked)
        assert found.reading.problems == [], asked
        assert found.complete == by_index, asked
        assert {names[result.topic.id] for result in found.found} == expected, asked


def test_topics_stand_by_when_they_began(write, cast):
    for n in (3, 1, 2):
        topic = write(f"A topic begun {n} days ago", "Seagull.", days_ago=n)
        with clock.stopped(clock.now() - timedelta(hours=n)):
            reply(topic, "Seagull.", by=cast.rose)
    oldest = [r.topic.title for r in ask(cast.rose, "seagull order:oldest_topic").found]
    newest = [r.topic.title for r in ask(cast.rose, "seagull ordre:sujets-récents").found]

    assert newest == [f"A topic begun {n} days ago" for n in (1, 2, 3)]
    assert oldest == newest[::-1]


def test_a_guest_is_told_to_sign_in_for_what_is_personal(cast):
    for place in ("seen", "unseen", "likes", "watching", "tracking", "posted", "created"):
        (problem,) = ask(cast.guest, f"seagull in:{place}").reading.problems
        assert problem.message.startswith("Sign in"), place
    assert ask(cast.guest, "@me").reading.problems[0].message == "No member is called “me”."
