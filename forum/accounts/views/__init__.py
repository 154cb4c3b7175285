"""The pages about oneself and others: signing up and in, profiles, preferences, groups."""
