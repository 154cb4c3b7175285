"""Keeping the rooms tidy."""

from forum.core.database import transaction
from forum.core.jobs import every
from forum.realtime import service


@every(minutes=60)
def throw_away_old_rings() -> None:
    """Forget rings that nobody will ask for."""
    with transaction():
        service.throw_away_old()


@every(minutes=5)
def look_again_at_everyone() -> None:
    """Facts close rooms at once; this finds what no fact told."""
    service.look_again_at_everyone()
