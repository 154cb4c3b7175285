"""The list of all our commands."""

from flask import Flask

from forum.cli import people


def init_app(app: Flask) -> None:
    """Add our commands to `flask`."""
    for command in (people.user, people.api_key):
        app.cli.add_command(command)
