"""Every reading of discussions, with what each loads."""
