"""What happens to categories."""

from dataclasses import dataclass


@dataclass(frozen=True)
class CategoryChanged:
    """A category is new, or its name, colour or place is another."""

    category_id: int


@dataclass(frozen=True)
class CategoryRightsChanged:
    """Other groups may now see, reply or create in a category."""

    category_id: int
