"""How much is new to a member in each category: asked here, answered by the feature that knows."""

from collections.abc import Callable, Mapping

from forum.categories.policies import Viewer

Counts = Mapping[int, int]


def _nothing(_viewer: Viewer) -> Counts:
    return {}


_source: Callable[[Viewer], Counts] = _nothing


def answered_by(source: Callable[[Viewer], Counts]) -> None:
    """Say who counts; `app.py` does."""
    global _source
    _source = source


def counts(viewer: Viewer) -> Counts:
    """Category id to the number of new and unread topics in it; without an entry, none."""
    return _source(viewer)
