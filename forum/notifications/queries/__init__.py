"""Reading notifications, and whom to tell."""
