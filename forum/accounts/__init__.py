"""Accounts: people, the groups they are in, how they sign in and present themselves."""
