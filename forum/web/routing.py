"""Addresses that no database could look up lead nowhere, whatever feature they name."""

from typing import Any

from flask import Flask, request
from werkzeug.routing import IntegerConverter

from forum.core.errors import NotFound
from forum.web.params import LARGEST


class Integer(IntegerConverter):
    """`<int:id>`, as large as a database keeps."""

    def __init__(self, url_map: Any, **options: Any) -> None:
        super().__init__(url_map, **{"max": LARGEST, **options})


def init_app(app: Flask) -> None:
    """Call it before any blueprint is registered, and after the language is chosen."""
    app.url_map.converters["int"] = Integer
    app.before_request(_refuse_what_cannot_be_kept)


def _refuse_what_cannot_be_kept() -> None:
    # PostgreSQL takes no NUL in a text, SQLite would look for it.
    if "\0" in request.path or any("\0" in text for text in request.args.values()):
        raise NotFound
