"""Alerts: searches that members keep, and that tell them what has come since."""
