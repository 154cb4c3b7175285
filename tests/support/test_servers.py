"""The servers that tests start are real, apart, and gone afterwards."""

import subprocess
import sys
import time
from pathlib import Path

import psycopg
import redis

from tests.support.servers import make_database, postgres, valkey, worker_name
from tests.support.sources import ROOT

STARTS_THEN_IS_KILLED = """
import os, signal
from tests.support import servers
servers.valkey()
print(servers._folder("valkey", owner=os.getpid()), flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_postgresql_is_real_and_has_the_extensions_we_use():
    address = make_database(f"extensions_{worker_name()}")

    with psycopg.connect(address) as connection:
        connection.execute("CREATE EXTENSION unaccent")
        (plain,) = connection.execute("SELECT unaccent('économies')").fetchone()
        (version,) = connection.execute("SHOW server_version_num").fetchone()

    assert plain == "economies"
    assert int(version) >= 180000


def test_making_a_database_again_empties_it():
    name = f"emptied_{worker_name()}"
    with psycopg.connect(make_database(name)) as connection:
        connection.execute("CREATE TABLE letter (id int)")

    make_database(name)

    with psycopg.connect(postgres(name)) as connection:
        (tables,) = connection.execute(
            "SELECT count(*) FROM pg_tables WHERE tablename = 'letter'"
        ).fetchone()
    assert tables == 0


def test_valkey_databases_are_apart():
    with redis.Redis.from_url(valkey(40)) as here, redis.Redis.from_url(valkey(41)) as there:
        here.set("word", "bonjour")

        assert here.get("word") == b"bonjour"
        assert there.get("word") is None
        here.flushdb()


def test_servers_do_not_run_as_root():
    with psycopg.connect(postgres()) as connection:
        pid = connection.info.backend_pid

    status = Path(f"/proc/{pid}")
    if status.exists():
        assert status.stat().st_uid != 0


def test_a_server_goes_when_its_tests_are_killed():
    killed = subprocess.run(
        [sys.executable, "-c", STARTS_THEN_IS_KILLED],
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    folder = Path(killed.stdout.strip())

    until = time.monotonic() + 10
    while folder.exists() and time.monotonic() < until:
        time.sleep(0.05)

    assert killed.returncode == -9
    assert folder.name.startswith("forum-valkey-")
    assert not folder.exists()
