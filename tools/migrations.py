"""Checks that the migrations, run on an empty database, give exactly the tables of the models.

The database is the one of FORUM_DATABASE_URL, which must be empty, else a new SQLite file. With
`--and-back`, everything is then undone and done again.
"""

import sys
import tempfile
from pathlib import Path

import flask_migrate
from sqlalchemy import inspect

from forum.app import create_app
from forum.config import Config
from forum.core.database import db


def main(*, and_back: bool) -> None:
    """Upgrade and compare; exits with the difference, if any."""
    with (
        tempfile.TemporaryDirectory() as folder,
        create_app(Config(instance=Path(folder))).app_context(),
    ):
        flask_migrate.upgrade()
        flask_migrate.check()
        if and_back:
            flask_migrate.downgrade(revision="base")
            left = set(inspect(db.engine).get_table_names()) - {"alembic_version"}
            if left:
                sys.exit(f"Going back left these tables: {sorted(left)}")
            flask_migrate.upgrade()


if __name__ == "__main__":
    main(and_back="--and-back" in sys.argv)
