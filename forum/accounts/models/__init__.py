"""The tables of people: users, groups, sessions, tokens."""
