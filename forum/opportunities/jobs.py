"""What time does to opportunities."""

from forum.core.database import transaction
from forum.core.jobs import every
from forum.opportunities import service


@every(minutes=60)
def expire_due() -> None:
    """Close what has run out."""
    with transaction():
        service.expire_due()
