"""What discussions do when something below them changes."""

from forum.categories.signals import CategoryRightsChanged
from forum.core.signals import on
from forum.topics import jobs


@on(CategoryRightsChanged)
def recount_people(fact: CategoryRightsChanged) -> None:
    """What members wrote there now counts for them in public, or no longer does."""
    jobs.recount_people.later(category_id=fact.category_id)
