"""Beginning without an index, whichever engine keeps it."""

import shutil

from forum.config import config
from forum.search import engine


def forget_index() -> None:
    """Leave nothing of it."""
    while (index := engine.current()) is not None:
        engine.shelf().drop(index)
    engine.close()
    shutil.rmtree(config().instance / "index", ignore_errors=True)
