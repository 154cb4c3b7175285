"""flask import: from the command line, cut off in the middle, run again."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time

import pytest

from tests.importers import dumps
from tests.importers.mails import mail, pack
from tests.support.sources import ROOT

MESSAGES = 1150
PREPARE = """
from forum.app import create_app
from forum.core import clock
from forum.core.database import Base, db, session, transaction
from forum.categories.models import Category
app = create_app()
with app.app_context():
    Base.metadata.create_all(db.engine)
    with transaction():
        session.add(Category(slug="square", name_fr="S", name_en="S", created_at=clock.now()))
"""
# What two runs must agree on; ids and times of writing may differ.
CONTENT = """
    SELECT post.import_key, topic.import_key, number, reply_to_number, raw, cooked, post.lang,
           post.created_at, users.name, topic.title, topic.posts_count, topic.highest_post_number,
           topic.bumped_at, topic.participant_count, users.post_count, category.topic_count
    FROM post JOIN topic ON topic.id = topic_id JOIN users ON users.id = post.author_id
    JOIN category ON category.id = topic.category_id ORDER BY 1
"""


class Forum:
    """A forum of its own, spoken to from the command line."""

    def __init__(self, folder, *, like=None):
        self.folder = folder
        self.environment = os.environ | {
            "FORUM_INSTANCE": str(folder), "FORUM_LOCALE": "en", "FORUM_DATABASE_URL": "",
            "FORUM_VALKEY_URL": "", "COLUMNS": "200",
        }  # fmt: skip
        if like is None:
            self.python("-c", PREPARE)
        else:
            shutil.copytree(like.folder, folder)

    def python(self, *arguments):
        return subprocess.run(
            [sys.executable, *arguments], cwd=ROOT, env=self.environment, check=True,
            capture_output=True, encoding="utf-8",
        ).stdout  # fmt: skip

    def flask(self, *arguments):
        return self.python("-m", "flask", "--app", "wsgi", *arguments)

    def begin(self, *arguments):
        return subprocess.Popen(
            [sys.executable, "-m", "flask", "--app", "wsgi", *arguments], cwd=ROOT,
            env=self.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def ask(self, statement):
        connection = sqlite3.connect(self.folder / "forum.db")
        try:
            return connection.execute(statement).fetchall()
        finally:
            connection.close()


@pytest.fixture
def archive(tmp_path):
    """Some hundred threads of many authors."""
    mails = []
    for n in range(MESSAGES):
        answers = f"m{n - n % 9} m{n - 1}" if n % 9 else ""
        mails.append(
            mail(
                f"m{n}", f"> quoted {n}\n\nAnswer {n} about pumps.\n", answers=answers,
                subject=f"{'Re: ' if answers else ''}Pump {n // 9}",
                sender=f"Writer {n % 300} <w{n % 300}@archive.example>",
                date=f"Mon, 02 Mar 2020 {n // 3600 % 24:02}:{n // 60 % 60:02}:{n % 60:02} +0000",
            )
        )  # fmt: skip
    path = tmp_path / "archive.mbox.gz"
    path.write_bytes(pack(*mails))
    return path


def test_an_import_killed_in_the_middle_goes_on_where_it_stopped(tmp_path, archive):
    whole = Forum(tmp_path / "whole")
    cut = Forum(tmp_path / "cut", like=whole)
    whole.flask("import", "mbox", str(archive), "--category", "square")

    process = cut.begin("import", "mbox", str(archive), "--category", "square")
    until = time.monotonic() + 60
    while not cut.ask("SELECT 1 FROM post LIMIT 1") and time.monotonic() < until:
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.wait()
    kept = cut.ask("SELECT count(*) FROM post")[0][0]
    said = cut.flask("import", "mbox", str(archive), "--category", "square")

    assert 0 < kept < MESSAGES
    assert f"{MESSAGES - kept:,}  Added" in said
    assert f"{kept:,}  Already there" in said
    assert cut.ask(CONTENT) == whole.ask(CONTENT)
    assert cut.ask("SELECT count(*) FROM outbox") == [(0,)]


def test_a_report_names_every_refusal(app, cast, tmp_path):
    (tmp_path / "talks.jsonl").write_text('{"kind": "topic"}\nnonsense\n')

    result = app.test_cli_runner().invoke(
        args=[
            "import", "jsonl", str(tmp_path / "talks.jsonl"), "--mapping", "republique_numerique",
            "--category", "square", "--report", str(tmp_path / "report.txt"),
        ]
    )  # fmt: skip

    assert "Refused, line 2: It is not JSON." in result.output
    assert "line 2\tIt is not JSON." in (tmp_path / "report.txt").read_text()


def test_a_dump_comes_in_from_the_site_its_posts_link_to(app, cast, tmp_path):
    folder = str(dumps.write(tmp_path))

    result = app.test_cli_runner().invoke(
        args=["import", "stackexchange", folder, "--category", "square"]
    )

    assert f"Every text links to {dumps.SITE}" in result.output
    assert "4  Added" in result.output


def test_a_dump_that_names_no_site_waits_to_be_told(app, cast, tmp_path):
    folder = dumps.write(tmp_path, Posts=dumps.POSTS[1:2])
    arguments = ["import", "stackexchange", str(folder), "--category", "square"]

    refused = app.test_cli_runner().invoke(args=arguments)
    (folder / "Posts.xml.gz").unlink()
    empty = app.test_cli_runner().invoke(args=arguments)

    assert "Say which site it comes from" in refused.output
    assert "There is no Posts.xml in this folder." in empty.output


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["mbox", "FILE", "--category", "nowhere"], "There is no category “nowhere”."),
        (["mbox", "FILE", "--category", "square"], "There is no message in this file"),
        (["jsonl", "FILE", "--category", "square", "--mapping", "nobody"], "There is no mapping"),
        (["jsonl", "FILE", "--mapping", "republique_numerique"], "Say which category"),
    ],
)
def test_a_wrong_command_gets_one_clear_sentence(
    app, database, cast, tmp_path, arguments, sentence
):
    path = tmp_path / "prose.txt"
    path.write_text("Nothing that could be an archive.\n")

    result = app.test_cli_runner().invoke(
        args=["import", *(str(path) if part == "FILE" else part for part in arguments)]
    )

    assert result.exit_code != 0
    assert sentence in result.output
