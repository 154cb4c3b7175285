"""How the engine in files keeps house."""

import pytest

from forum.config import config
from forum.search import engine
from forum.search.backends.folders import current_folder
from tests.search.conftest import ask


@pytest.fixture(autouse=True)
def _by_whoosh(app, monkeypatch):
    monkeypatch.setattr(config(), "search_engine", "whoosh")


def test_many_small_commits_leave_few_segments(write, index, cast):
    for n in range(30):
        write(f"Small topic number {n} of many", "Quagga.")
        index.catch_up()

    assert len(list(current_folder().glob("*.trm"))) < 12
    assert ask(cast.guest, "quagga").topics == 30
    assert len(set(engine.current().ids())) == 30
