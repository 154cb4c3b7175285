"""Cheap hashes: these tests make many."""

import re
from collections.abc import Iterator

import pytest

from forum.accounts import passwords
from forum.config import config


@pytest.fixture(autouse=True)
def cheap_hashes() -> Iterator[None]:
    passwords.configure(memory_kib=1024, passes=1)
    yield
    passwords.configure()


@pytest.fixture
def limits(monkeypatch) -> None:
    """Rate limits as in a running forum."""
    monkeypatch.setattr(config(), "limits", True)


@pytest.fixture
def link_in():
    """The path of the link in a mail's text."""

    def find(letter) -> str:
        text = letter.get_body(("plain",)).get_content()
        return re.search(r"http://forum\.test(/\S+)", text).group(1)

    return find
