"""The forum's server and an empty page's, each a process of its own, and what they use."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from forum.config import Config

ROOT = Path(__file__).parent.parent
START_SECONDS = 60
STATE = ("forum.db", "index", "secret_key")


@dataclass(frozen=True)
class Server:
    """A running server: its port, gunicorn's own process and the worker that answers."""

    port: int
    master: int
    worker: int
    folder: Path

    def cpu_seconds(self) -> float:
        """Processor time of the worker since it began, user and system, to the nanosecond."""
        return time.clock_gettime((~self.worker << 3) | 2)  # Linux' clock of another process

    def memory_mb(self) -> dict[str, float]:
        """Resident memory of the worker; and its fair share, with what gunicorn's own process adds."""
        worker, master = _smaps(self.worker), _smaps(self.master)
        return {
            "worker_rss": worker["Rss"],
            "worker_pss": worker["Pss"],
            "both_pss": round(worker["Pss"] + master["Pss"], 1),
        }


@contextmanager
def forum_server(community: Path) -> Iterator[Server]:
    """`flask serve` on a copy of a community, so that each run begins alike."""
    with tempfile.TemporaryDirectory(prefix="run-", dir=community.parent) as name:
        folder = Path(name)
        for part in STATE:
            source = community / part
            (shutil.copytree if source.is_dir() else shutil.copy2)(source, folder / part)
        port = _free_port()
        command = [sys.executable, "-m", "flask", "serve", "--port", str(port)]
        settings = {
            "FORUM_INSTANCE": name,
            "FORUM_LIMITS": "off",
            "FORUM_LOCALE": "en",
            "FORUM_BASE_URL": f"http://127.0.0.1:{port}",
        }
        with _running(command, port, "/latest", folder, settings) as server:
            yield server


@contextmanager
def empty_server() -> Iterator[Server]:
    """The empty page on the same kind of server."""
    port = _free_port()
    with tempfile.TemporaryDirectory() as name:
        command = [sys.executable, "-m", "bench.empty", str(port), str(Config().threads)]
        with _running(command, port, "/", Path(name), {}) as server:
            yield server


@contextmanager
def _running(
    command: list[str], port: int, path: str, folder: Path, settings: dict[str, str]
) -> Iterator[Server]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("FORUM_")}
    log = folder / "server.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            command, cwd=ROOT, env=kept | settings, stdout=out, stderr=subprocess.STDOUT
        )
    try:
        _wait_for(process, f"http://127.0.0.1:{port}{path}", log)
        yield Server(port, process.pid, _child_of(process.pid), folder)
    finally:
        process.terminate()
        process.wait(timeout=30)


def _wait_for(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=10):
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"The server did not answer:\n{log.read_text()[-4000:]}")


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


def _child_of(parent: int) -> int:
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == parent:
            return int(folder.name)
    raise RuntimeError("The server has no worker.")


def _smaps(pid: int) -> dict[str, float]:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]
    parts = {line.split(":")[0]: int(line.split()[1]) / 1024 for line in lines}
    return {name: round(parts[name], 1) for name in ("Rss", "Pss")}
