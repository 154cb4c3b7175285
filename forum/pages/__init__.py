"""Pages that mix features: the front page, a member's activity, what the forum is."""
