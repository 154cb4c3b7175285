"""An empty Flask page behind the same gunicorn: what any page at all costs here. `python -m bench.empty PORT THREADS`."""

import os
import sys
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication

app = Flask(__name__)


@app.get("/")
def nothing() -> str:
    """A page without a word."""
    return ""


class Server(BaseApplication):  # type: ignore[misc]
    """With the settings of `flask serve`."""

    def load_config(self) -> None:
        options: dict[str, Any] = {
            "bind": [f"127.0.0.1:{sys.argv[1]}"],
            "workers": 1,
            "worker_class": "gthread",
            "threads": int(sys.argv[2]),
            "preload_app": True,
            "control_socket_disable": True,
            "keepalive": 20,
            "loglevel": "warning",
            "worker_tmp_dir": "/dev/shm" if os.path.isdir("/dev/shm") else None,  # noqa: PTH112
        }
        for name, value in options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        return app


if __name__ == "__main__":
    Server().run()
