"""The server's door: every layout (gunicorn, flask command, tests) comes in here."""

from forum.app import create_app

app = create_app()
