"""Checks that the migrations, run on an empty database, give exactly the tables of the models."""

import os
import tempfile

import flask_migrate


def main() -> None:
    """Upgrade a new SQLite database and compare; exits with the difference, if any."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(FORUM_INSTANCE=folder, FORUM_DATABASE_URL="", FORUM_EMBEDDED_WORKER="off")
        from forum.app import create_app  # noqa: PLC0415 - reads the environment set just above

        with create_app().app_context():
            flask_migrate.upgrade()
            flask_migrate.check()


if __name__ == "__main__":
    main()
