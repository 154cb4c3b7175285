"""An archive of mail becomes topics and posts, once."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select

from forum.accounts.models.user import User
from forum.core import storage
from forum.core.database import session, transaction
from forum.core.signals import Outbox
from forum.importers.mbox.file import MailFile
from forum.importers.mbox.importer import MailOptions, import_mail
from forum.importers.models import ImportedAuthor
from forum.importers.report import Report
from forum.tags.models import Tag
from forum.topics import counters
from forum.topics.models.post import Attachment, Post
from forum.topics.models.reading import TopicReading
from forum.topics.models.topic import Topic, TopicTag
from tests.importers.mails import mail


@pytest.fixture
def take(cast):
    """Import some messages into the square; gives the report."""

    def run(*mails, category=None, **options):
        report = Report()
        import_mail(
            MailFile(b"".join(mails)), category or cast.square, MailOptions(**options), report
        )
        return report

    return run


def topics():
    return session.scalars(select(Topic).order_by(Topic.created_at, Topic.id)).all()


def posts():
    return session.scalars(select(Post).order_by(Post.topic_id, Post.number)).all()


def count(model):
    return session.scalar(select(func.count()).select_from(model))


def test_a_thread_becomes_a_topic_with_its_dates_and_authors(take, cast):
    take(
        mail("a"),
        mail(
            "b", "> A body\n\nI see.", answers="a", subject="Re: Pumps for cold water",
            sender="Bob <bob@archive.example>", date="Tue, 03 Mar 2020 09:30:00 +0100",
        ),
    )  # fmt: skip

    [topic] = topics()
    [first, second] = posts()
    author = session.get(User, second.author_id)
    assert topic.title == "Pumps for cold water"
    assert topic.slug == "pumps-for-cold-water"
    assert topic.category_id == cast.square.id
    assert (topic.posts_count, topic.highest_post_number, topic.participant_count) == (2, 2, 2)
    assert topic.created_at == first.created_at == datetime(2020, 3, 2, 10, tzinfo=UTC)
    assert topic.bumped_at == second.created_at == datetime(2020, 3, 3, 8, 30, tzinfo=UTC)
    assert topic.participant_ids == [first.author_id, second.author_id]
    assert '<details class="quoted"' in second.cooked
    assert second.text == "I see."
    assert (author.name, author.username, author.staged) == ("Bob", "Bob", True)
    assert author.email is author.password_hash is author.confirmed_at is None


def test_answers_deeper_than_the_first_post_say_what_they_answer(take):
    take(mail("a"), mail("b", answers="a"), mail("c", answers="a b"), mail("d", answers="a"))

    assert [post.reply_to_number for post in posts()] == [None, None, 2, None]


def test_a_second_run_adds_nothing(take):
    mails = [mail("a"), mail("b", answers="a"), mail("c", subject="Valves")]
    take(*mails)

    again = take(*mails)

    assert (again["added"], again["already_there"], again["topics"], again["authors"]) == (
        0,
        3,
        0,
        0,
    )
    assert count(Post) == 3


def test_an_archive_that_has_grown_adds_what_is_new_to_its_threads(take):
    take(mail("a"), mail("b", answers="a"))

    again = take(
        mail("a"), mail("b", answers="a"), mail("c", answers="a b"), mail("d", subject="New one"),
    )  # fmt: skip

    assert (again["added"], again["topics"], again["authors"]) == (2, 1, 0)
    assert [(p.number, p.reply_to_number) for p in posts()] == [
        (1, None),
        (2, None),
        (3, 2),
        (1, None),
    ]
    assert topics()[0].posts_count == 3


def test_a_thread_goes_on_in_the_archive_of_the_next_month(take):
    take(mail("a"), mail("lost-child", answers="lost", subject="Valves"))

    take(mail("b", answers="a"), mail("lost", subject="Valves"), mail("c", answers="lost"))

    assert [topic.posts_count for topic in topics()] == [2, 3]


def test_a_message_twice_in_the_file_is_taken_once(take):
    report = take(mail("a"), mail("a", "Another body altogether, same id."))

    assert (report["read"], report["added"], report["duplicates"]) == (2, 1, 1)


def test_cross_posts_are_one_topic_with_the_tags_of_all_groups(take):
    groups = "Newsgroups: comp.pumps,comp.cold"
    take(mail("a", more=groups), mail("a", more=groups), tag_newsgroups=True)

    tags = session.scalars(select(Tag.name).join(TopicTag, TopicTag.tag_id == Tag.id))
    assert len(topics()) == 1
    assert set(tags) == {"comp.pumps", "comp.cold"}


def test_a_body_over_32_kb_is_cut_and_kept_whole_as_a_file(take):
    body = "\n".join(f"line {n} of a long report" for n in range(1500))

    report = take(mail("a", body))

    [post] = posts()
    [attachment] = session.scalars(select(Attachment)).all()
    assert report["cut"] == 1
    assert len(post.raw.encode()) <= 32_768
    assert "line 900 " in post.raw
    assert "line 1499" not in post.raw
    assert storage.open_path(attachment.key).read_bytes().decode() == body
    assert attachment.post_id == post.id
    assert attachment.bytes == len(body)


def test_what_was_mended_is_counted(take):
    report = take(
        mail("a", "é".encode("latin-1"), more="Content-Type: text/plain; charset=utf-8"),
        mail("b", "x", more="Content-Type: multipart/mixed; boundary=none"),
        mail("", "Who am I?"),
        mail("c", date=""),
        mail("d", "", subject=""),
    )

    assert report["added"] == 5
    assert (report["charset_repairs"], report["broken_mime"]) == (1, 1)
    assert (report["without_id"], report["without_date"]) == (1, 1)
    assert "(no subject)" in {topic.title for topic in topics()}


def test_a_short_title_stays_and_a_long_one_is_cut(take):
    take(mail("a", subject="Hi"), mail("b", subject="word " * 80))

    assert sorted(len(topic.title) for topic in topics()) == [2, 254]


def test_an_author_is_one_account_by_address_whatever_his_name(take):
    report = take(
        mail("a"),
        mail("b", sender="A. Archer <ANN@archive.example>"),
        mail("c", sender="Ann Archer <other@archive.example>"),
    )

    names = session.scalars(select(User.username).where(User.staged).order_by(User.id)).all()
    assert report["authors"] == 2
    assert names == ["Ann_Archer", "Ann_Archer_2"]


def test_an_author_with_a_name_of_the_house_gets_another_username(take):
    take(mail("a", sender="Admin <x@archive.example>"), mail("b", sender="ada <y@archive.example>"))

    names = session.scalars(select(User.username).where(User.staged).order_by(User.id)).all()
    assert names == ["author", "ada_2"]


def test_a_member_who_confirmed_the_address_is_the_author(take, cast):
    take(mail("a", sender="Somebody <Rose@example.org>"))

    assert posts()[0].author_id == cast.rose.id
    assert session.scalar(select(User.post_count).where(User.id == cast.rose.id)) == 1


def test_addresses_are_kept_out_of_accounts(take):
    take(mail("a"))

    author = session.scalars(select(User).where(User.staged)).one()
    assert session.get(ImportedAuthor, "ann@archive.example").user_id == author.id
    shown = f"{author.username} {author.name} {author.bio_raw} {author.location}"
    assert "archive.example" not in shown


def test_nobody_is_mailed_notified_rung_or_marked(take, outbox, cast):
    take(mail("a", "Hello @rose and @nina, this is for both of you."), mail("b", answers="a"))

    facts = set(session.scalars(select(Outbox.fact)))
    assert facts == {"PostsImported"}
    assert outbox() == []
    assert count(TopicReading) == 0


def test_counts_are_right_without_a_recount(take):
    take(mail("a"), mail("b", answers="a"), mail("c", answers="a b"), mail("d", subject="Valves"))
    take(mail("e", answers="a"), mail("f", answers="d"))

    with transaction():
        assert [one for one in counters.rebuild() if one.rows] == []
    assert [post.reply_count for post in posts() if post.topic_id == topics()[0].id] == [0, 1, 0, 0]


def test_the_language_is_guessed_or_given(take):
    french = "Bonjour, nous cherchons une pompe pour le froid, avec les pièces et une garantie."
    take(mail("a", french), mail("b", "ok"), mail("c", french, subject="x"), lang=None)
    take(mail("d", french), lang="en")

    langs = {post.import_key[1]: post.lang for post in posts()}
    assert (langs["a"], langs["d"]) == ("fr", "en")


def test_very_long_ids_and_names_fit(take):
    take(mail("a" * 900, sender=f"{'N' * 500} <{'n' * 300}@archive.example>"))
    again = take(mail("a" * 900, sender=f"{'N' * 500} <{'n' * 300}@archive.example>"))

    assert again["already_there"] == 1
