"""How topics score: pure formulas, after Discourse's."""

from math import log

VIEWS, FIRST_POST_LIKES, LEAST_LIKES = 2.0, 0.5, 3.0


def top_score(*, views: int, first_post_likes: int, likes: int, posts: int) -> float:
    """Discourse's top score: log of views, likes of the first post, likes or posts if fewer."""
    return (
        VIEWS * log(max(1, views))
        + FIRST_POST_LIKES * first_post_likes
        + LEAST_LIKES * min(likes, posts)
        + log(max(1, posts))
    )
