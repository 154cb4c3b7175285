"""Faces are kept in memory, and drawn anew as soon as someone changes his."""

from forum.accounts import faces
from forum.accounts.service import avatars, profiles, sanctions
from forum.core.database import session, transaction
from tests.factories.topics import make_topic


def test_a_known_face_needs_no_statement_but_that_of_the_version(cast, queries_made):
    faces.by_ids({cast.rose.id, cast.otto.id})

    with queries_made() as seen:
        again = faces.by_ids([cast.rose.id, cast.otto.id])

    assert len(seen) == 1
    assert [face.username for face in again.values()] == ["rose", "otto"]


def test_a_face_says_what_the_account_says(cast):
    face = faces.by_ids([cast.ada.id])[cast.ada.id]

    for name in faces.Face.__slots__:
        assert getattr(face, name) == getattr(cast.ada, name), name


def test_nobody_has_no_face(cast):
    assert faces.by_ids([999_999]) == {}
    assert faces.by_ids([]) == {}


def test_another_name_shows_at_once_on_every_page(cast, visit):
    topic = make_topic(cast.rose, cast.square)
    readers = [visit(), visit(cast.otto)]
    assert all("Rose Ferry" not in reader.read(topic.path) for reader in readers)

    with transaction():
        profiles.edit(
            cast.rose, name="Rose Ferry", company="Ferry & Sons", location="", languages=[], bio=""
        )

    for reader in readers:
        assert "Rose Ferry" in reader.read(topic.path)
        assert "Ferry &amp; Sons" in reader.read(topic.path)


def test_another_picture_and_another_role_show_at_once(cast, visit):
    topic = make_topic(cast.rose, cast.square)
    otto = visit(cast.otto)
    otto.read(topic.path)

    with transaction():
        avatars.wear(cast.rose, "0123.webp")
        sanctions.set_roles(cast.rose, admin=False, moderator=True, animateur=False, by=cast.ada)
    page = otto.read(topic.path)

    assert "/avatars/0123.webp" in page
    assert "status--info" in page


def test_what_is_not_kept_yet_is_no_face(cast):
    faces.by_ids([cast.rose.id])

    with transaction():
        profiles.edit(cast.rose, name="Never kept", company="", location="", languages=[], bio="")
        assert faces.by_ids([cast.rose.id])[cast.rose.id].name == "Never kept"
        session.rollback()

    assert faces.by_ids([cast.rose.id])[cast.rose.id].name == "Rose"
