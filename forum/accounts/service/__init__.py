"""Everything that changes people, their sessions and their groups."""
