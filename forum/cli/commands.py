"""The list of all our commands."""

from flask import Flask

from forum.cli import care, people, serving
from forum.importers import commands as imports


def init_app(app: Flask) -> None:
    """Add our commands to `flask`."""
    for command in (
        serving.serve,
        serving.worker,
        people.user,
        people.api_key,
        imports.group,
        imports.load_demo,
        care.reindex,
        care.recount,
        care.doctor,
    ):
        app.cli.add_command(command)
