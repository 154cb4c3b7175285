"""This page's address with other parameters."""

from typing import Any
from urllib.parse import urlencode

from flask import request


def with_query(**changes: Any) -> str:
    """The address with some parameters changed; None takes one away, a list repeats it.

    The place in a list (`from`, `after`) is given up: another view begins at its beginning.
    """
    kept = {key: request.args.getlist(key) for key in request.args if key not in ("from", "after")}
    for key, value in changes.items():
        if value is None:
            kept.pop(key, None)
        else:
            kept[key] = [str(v) for v in value] if isinstance(value, list) else [str(value)]
    query = urlencode([(key, value) for key, values in kept.items() for value in values])
    return f"{request.path}?{query}" if query else request.path
