"""Knowledge: the base of markets and know-how, drawn from opportunities and threads."""
