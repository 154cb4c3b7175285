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
def cut_signed_out() -> None:
    """End connections whose sign-in is over; facts do so at once, this finds what they missed."""
    service.cut_signed_out()
