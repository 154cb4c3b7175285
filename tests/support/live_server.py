"""A forum that browsers can open: the cast on a fresh instance, served as in production."""

import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent.parent
START_SECONDS = 90
THREADS = 48


@dataclass(frozen=True)
class LiveServer:
    """Where the forum is open, and the folder that holds its state."""

    url: str
    folder: Path

    def path(self, path: str) -> str:
        return f"{self.url}{path}"


@contextmanager
def live_server(seed: str, *, locale: str = "en") -> Iterator[LiveServer]:
    """Serve a forum filled by `seed`, a function named like `tests.journeys.places:square`."""
    with tempfile.TemporaryDirectory(prefix="forum-live-") as folder:
        port = free_port()
        log = Path(folder) / "server.log"
        command = [sys.executable, "-m", __name__, folder, str(port), seed, locale]
        with log.open("wb") as out:
            process = subprocess.Popen(command, cwd=ROOT, stdout=out, stderr=subprocess.STDOUT)
        try:
            url = f"http://127.0.0.1:{port}"
            _wait_for(process, f"{url}/categories", log)
            yield LiveServer(url, Path(folder))
        finally:
            process.terminate()
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def free_port() -> int:
    """A port nobody listens at."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


def _wait_for(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"The live server did not answer:\n{log.read_text()[-4000:]}")


# What follows runs in the process of the server.


def serve(folder: str, port: int, seed: str, locale: str) -> None:
    """Make an instance, fill it, and answer until told to stop."""
    from importlib import import_module

    from gunicorn.app.base import BaseApplication

    from forum.app import create_app
    from forum.config import Config
    from forum.core import jobs
    from forum.core.database import Base, db, session

    app = create_app(
        Config(
            instance=Path(folder),
            base_url=f"http://127.0.0.1:{port}",
            limits=False,
            locale=locale,
            site_name="Estuary network",
            threads=THREADS,
        )
    )
    jobs.configure(context=app.app_context, inline=True)
    module, name = seed.split(":")
    with app.app_context():
        Base.metadata.create_all(db.engine)
        getattr(import_module(module), name)()
        session.remove()
        db.engine.dispose()

    class Server(BaseApplication):  # type: ignore[misc]
        def load_config(self) -> None:
            options: dict[str, Any] = {
                "bind": [f"127.0.0.1:{port}"],
                "worker_class": "gthread",
                "threads": THREADS,
                "control_socket_disable": True,
                "graceful_timeout": 1,
                "loglevel": "warning",
                "post_fork": lambda _server, _worker: keep_an_index(app),
            }
            for option, value in options.items():
                self.cfg.set(option, value)

        def load(self) -> Any:
            return app

    Server().run()


def keep_an_index(app: Any) -> None:
    """Build the index and follow what happens, as `flask serve` does beside its pages."""
    from forum.search import writer

    def write() -> None:
        with app.app_context():
            writer.run(threading.Event())

    threading.Thread(target=write, daemon=True).start()


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]), sys.argv[3], sys.argv[4])
