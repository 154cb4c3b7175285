"""Notifications: who is told what happened to him, as long as he may see it."""
