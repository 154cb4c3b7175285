"""An index that is not what was written is never read: it is dropped, and built anew."""

import os
import pickle
import random
import shutil
import stat

import pytest

from forum.config import config
from forum.search import documents, engine, rebuild, seal, shelf
from forum.search.backend import Damaged
from forum.search.backends.folders import current_folder
from tests.search.conftest import ask


def truncate_contents(folder):
    path = next(folder.glob("*.toc"))
    path.write_bytes(path.read_bytes()[:20])


def remove_segment(folder):
    next(folder.glob("*.pst")).unlink()


def remove_everything(folder):
    shutil.rmtree(folder)


def remove_seal(folder):
    (folder / seal.NAME).unlink()


def change_layout(folder):
    path = folder / seal.NAME
    path.write_text(path.read_text().replace('"layout": ', '"layout": 9'))


def remove_contents(folder):
    next(folder.glob("*.toc")).unlink()


@pytest.fixture(autouse=True)
def _by_whoosh(app, monkeypatch):
    """Of the two engines it is the one that keeps its index in files."""
    monkeypatch.setattr(config(), "search_engine", "whoosh")


@pytest.fixture
def topic(write, index):
    made = write("A topic that must be found", "Quagga.", "A reply.")
    index.catch_up()
    return made


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch):
    monkeypatch.setattr("forum.search.backends.whoosh.backend.SETTLE_SECONDS", 0.001)
    monkeypatch.setattr("forum.search.backends.whoosh.backend.LOOK_SECONDS", 0)


@pytest.mark.parametrize(
    "damage",
    [
        truncate_contents,
        remove_segment,
        remove_everything,
        remove_seal,
        change_layout,
        remove_contents,
    ],
)
@pytest.mark.parametrize("asked_before", [True, False], ids=["while serving", "at rest"])
def test_a_damaged_index_is_replaced_and_people_get_answers(
    topic, index, cast, damage, asked_before
):
    if asked_before:
        assert ask(cast.guest, "quagga").complete
    damage(current_folder())

    meanwhile = ask(cast.guest, "quagga")

    assert [result.topic.id for result in meanwhile.found] == [topic.id]
    assert not meanwhile.complete
    index.catch_up()
    assert ask(cast.guest, "quagga").complete
    assert ask(cast.guest, "quagga").topics == 1
    assert set(engine.current().ids()) == documents.ids()


@pytest.mark.parametrize("seed", range(8))
def test_flipped_bytes_are_noticed(topic, index, cast, seed):
    chance = random.Random(seed)
    files = sorted(path for path in current_folder().glob("*MAIN_*.*") if path.stat().st_size)
    path = chance.choice(files)
    content = bytearray(path.read_bytes())
    content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    path.write_bytes(content)

    results = ask(cast.guest, "quagga")

    assert not results.complete
    assert results.topics == 1
    assert current_folder() is None


def test_a_foreign_pickle_is_never_loaded(topic, index, cast, tmp_path):
    marker = tmp_path / "executed"
    path = next(current_folder().glob("*.toc"))
    content = path.read_bytes()
    path.write_bytes(content[: content.index(b"\x80")] + pickle.dumps(Trap(str(marker)), 2))
    number = int(path.stem.rsplit("_", 1)[1])
    path.with_name(f"_MAIN_{number + 1}.toc").write_bytes(path.read_bytes())

    ask(cast.guest, "quagga")
    index.catch_up()

    assert not marker.exists()
    assert ask(cast.guest, "quagga").complete


def test_the_writer_too_reads_nothing_strange(write, topic, index, cast):
    truncate_contents(current_folder())
    write("A topic written afterwards", "Okapi.")

    with pytest.raises(Damaged):
        index.catch_up()
    index.catch_up()

    assert ask(cast.guest, "okapi").complete
    assert set(engine.current().ids()) == documents.ids()


def test_an_error_in_asking_costs_no_sound_index(topic, cast, monkeypatch):
    before = current_folder()
    monkeypatch.setattr("forum.search.backends.whoosh.reading.Reading.found", lambda *_asked: 1 / 0)

    results = ask(cast.guest, "quagga")

    assert (results.topics, results.complete) == (1, False)
    assert current_folder() == before


def test_only_we_may_enter_the_index(topic):
    for folder in (shelf.root(), current_folder()):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_pointer_leads_nowhere_else(topic):
    (shelf.root() / "current").write_text("../uploads")

    assert current_folder() is None


def test_the_state_is_told_as_it_is(topic):
    assert rebuild.state() == rebuild.State(readable=True, documents=2)

    remove_segment(current_folder())

    assert not rebuild.state().readable


class Trap:
    """Leaves a mark where it is loaded."""

    def __init__(self, path: str) -> None:
        self.path = path

    def __reduce__(self):
        return os.mkdir, (self.path,)
