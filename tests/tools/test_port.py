"""A port that cannot be used is refused before anything else happens."""

import socket

import pytest

from tools.port import complaint


def test_a_free_port_is_fine():
    with socket.create_server(("127.0.0.1", 0)) as other:
        free = other.getsockname()[1]

    assert complaint(str(free)) is None


def test_a_taken_port_gets_one_sentence_with_a_way_out():
    with socket.create_server(("127.0.0.1", 0)) as other:
        taken = other.getsockname()[1]

        said = complaint(str(taken))

    assert said.startswith(f"Port {taken} is taken by another program. ")
    assert "PORT=" in said


@pytest.mark.parametrize("text", ["", "0", "65536", "-1", "http", "80.5"])
def test_what_is_no_port_is_named(text):
    assert complaint(text) == f"PORT must be a number from 1 to 65535, not {text!r}."
