"""Migrations lead from nothing to the models and back, on both databases."""

import os
import re
import subprocess
import sys

import pytest

from tests.support.servers import make_database, worker_name
from tests.support.sources import ROOT, files_in, short

NAME = re.compile(r"\d{8}_\d{4}_[a-z0-9_]+\.py")


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_migrations_give_the_tables_of_the_models_and_take_them_away(database):
    url = "" if database == "sqlite" else make_database(f"migrations_{worker_name()}")

    done = subprocess.run(
        [sys.executable, "tools/migrations.py", "--and-back"],
        cwd=ROOT,
        env=os.environ | {"FORUM_DATABASE_URL": url, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )

    assert done.returncode == 0, done.stdout + done.stderr


def test_migrations_are_named_by_date_and_purpose():
    migrations = files_in("migrations/versions", ending=".py")

    assert migrations
    assert [short(path) for path in migrations if not NAME.fullmatch(path.name)] == []
