"""Hearing what a test makes true."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from forum.core import signals
from forum.core.database import session


@contextmanager
def announced() -> Iterator[list[Any]]:
    """The facts announced while open, in order, whether or not anyone listens."""
    heard: list[Any] = []
    write = signals._write_facts

    def hear_and_write() -> None:
        heard.extend(session().info.get("facts", ()))
        write()

    signals._write_facts = hear_and_write
    try:
        yield heard
    finally:
        signals._write_facts = write
