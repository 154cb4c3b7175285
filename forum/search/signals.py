"""What happens to the search index."""

from dataclasses import dataclass


@dataclass(frozen=True)
class PostsImported:
    """Posts were written in bulk; ids in between that are no posts do no harm."""

    first_post_id: int
    last_post_id: int
