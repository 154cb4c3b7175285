"""How soon a new post is found while an import runs, as beside a living server."""

import gzip
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask
from sqlalchemy import select

from bench.search import archive
from forum.accounts.guest import Guest
from forum.accounts.models.user import User
from forum.categories import queries as categories
from forum.core import clock
from forum.core.database import session, transaction
from forum.search import service, writer
from forum.topics.models.topic import Topic
from forum.topics.service import posts

TRIES, PATIENCE_SECONDS, LOOK_SECONDS = 10, 60, 0.05
WRITER = "newcomer"
ROOT = Path(archive.__file__).parent.parent.parent


def seconds_until_found(app: Flask, community: Path) -> list[float]:
    """Of some posts written one after the other while the newsgroups come in once more."""
    again = _other_messages(community)
    waits: list[float] = []
    viewer = Guest()
    categories.load_rights(viewer)
    service.search(viewer, service.Request("question"))  # a living server has its index open
    with _writer(app), _import(community, again) as running:
        author, topic = _author(), session.scalars(select(Topic.id).order_by(Topic.id)).first()
        while len(waits) < TRIES and running.poll() is None:
            waits.append(_wait(viewer, f"zyxglot{len(waits)}qw", author, topic))
    if running.returncode:
        raise SystemExit(f"The import failed with {running.returncode}.")
    return waits


def _wait(viewer: Guest, word: str, author: int, topic_id: int | None) -> float:
    with transaction():
        topic, by = session.get_one(Topic, topic_id), session.get_one(User, author)
        categories.load_rights(by)
        posts.reply(topic, author=by, raw=f"A new post that holds the word {word} and few others.")
    began = time.monotonic()
    while time.monotonic() < began + PATIENCE_SECONDS:
        session.remove()
        if service.search(viewer, service.Request(word)).found:
            return round(time.monotonic() - began, 2)
        time.sleep(LOOK_SECONDS)
    raise SystemExit("A new post was not found in a minute.")


def _author() -> int:
    with transaction():
        user = User(
            username=WRITER, username_lower=WRITER, username_skeleton=WRITER, name=WRITER,
            email=f"{WRITER}@firm.example", confirmed_at=clock.now(), created_at=clock.now(),
            trust_level=4, locale="en", is_admin=True,
        )  # fmt: skip
        session.add(user)
        session.flush()
        return user.id


@contextmanager
def _writer(app: Flask) -> Iterator[None]:
    """What `flask serve` runs in a thread."""
    stop = threading.Event()

    def run() -> None:
        with app.app_context():
            writer.run(stop)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


@contextmanager
def _import(community: Path, file: Path) -> Iterator[subprocess.Popen[bytes]]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("FORUM_")}
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "import", "mbox", str(file)]
    process = subprocess.Popen(
        [*command, "--category", archive.NEWS], cwd=ROOT, stdout=subprocess.DEVNULL,
        env=kept | {"FORUM_INSTANCE": str(community)}, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        _wait_for_posts()
        yield process
    finally:
        if process.poll() is None:
            process.kill()  # it would go on where it stopped, but nobody asks it to
            process.wait()
            process.returncode = 0


def _wait_for_posts() -> None:
    """Until the first of them is in: before that nothing competes."""
    before, until = _newest(), time.monotonic() + PATIENCE_SECONDS
    while _newest() == before and time.monotonic() < until:
        time.sleep(LOOK_SECONDS)


def _newest() -> int:
    found = session.scalar(select(Topic.id).order_by(Topic.id.desc()).limit(1)) or 0
    session.remove()
    return found


def _other_messages(community: Path) -> Path:
    """The newsgroups under other ids, so that none is there already."""
    path = community / "again.mbox"
    packed = archive.sample_data() / "newsgroups_1993_en.mbox.gz"
    path.write_bytes(
        gzip.decompress(packed.read_bytes()).replace(b"@example.org>", b"@again.example>")
    )
    return path
