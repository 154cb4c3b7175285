"""flask commands: what an operator types."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Add our commands to `flask`."""
