"""What happens to categories."""

from dataclasses import dataclass


@dataclass(frozen=True)
class CategoryRightsChanged:
    """Other groups may now see, reply or create in a category."""

    category_id: int
