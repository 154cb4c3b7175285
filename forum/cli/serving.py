"""flask serve, flask worker: the server with all it needs inside, or the work alone."""

import logging
import socket
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import flask_migrate
from flask import Flask, current_app
from gunicorn.app.base import BaseApplication
from rich.console import Console

from forum.accounts.service import groups
from forum.config import config
from forum.core import jobs, signals
from forum.core.database import db, transaction
from forum.importers import demo
from forum.search import seeds, writer
from forum.vocabulary import service as vocabulary

log = logging.getLogger(__name__)
console = Console(highlight=False, soft_wrap=True)
STOP_SECONDS = 5
LOOPBACK = {"127.0.0.1", "localhost"}
MEMORY = Path("/dev/shm")  # noqa: S108 - where a heartbeat file never waits for a disk


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
@click.option("--upgrade", is_flag=True, help="Bring the database up to date first.")
@click.option("--demo", "with_demo", is_flag=True, help="Fill an empty forum with a community.")
def serve(host: str, port: int, *, upgrade: bool, with_demo: bool) -> None:
    """Run the forum: pages, live events, jobs and indexing in one process."""
    _refuse_taken_port(host, port)
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    if upgrade:
        bring_up_to_date()
    sign_ins = demo.load_when_empty() if with_demo else demo.sign_ins()
    if sign_ins and "site_name" not in config().model_fields_set:
        config().site_name = demo.SITE_NAME
    if "base_url" not in config().model_fields_set and host in LOOPBACK:
        config().base_url = f"http://{host}:{port}"  # so that links in mails lead here
    db.session.remove()
    db.engine.dispose()  # the server's own process opens connections of its own
    _greet(host, port, sign_ins)
    Server(app, host, port).run()


@click.command()
def worker() -> None:
    """Run jobs and indexing apart from the server (FORUM_EMBEDDED_WORKER=false there)."""
    stop = threading.Event()
    _start_indexing(current_app._get_current_object(), stop)  # type: ignore[attr-defined]
    try:
        jobs.work()
    finally:
        stop.set()


def bring_up_to_date() -> None:
    """Migrate the database and fill what every forum needs: groups, vocabulary, glossary."""
    logging.getLogger("alembic").setLevel(logging.WARNING)
    flask_migrate.upgrade()
    with transaction():
        groups.ensure_automatic()
    with transaction():
        vocabulary.load()
        seeds.load()


class Server(BaseApplication):
    """gunicorn with one process and many threads: a live page holds one of them."""

    def __init__(self, app: Flask, host: str, port: int) -> None:
        self.app, self.address = app, f"{host}:{port}"
        self.stop = threading.Event()
        super().__init__()

    def load_config(self) -> None:
        options: dict[str, Any] = {
            "bind": [self.address],
            "workers": 1,
            "worker_class": "gthread",
            "threads": config().threads,
            "preload_app": True,
            "control_socket_disable": True,
            "keepalive": 20,
            "graceful_timeout": STOP_SECONDS,
            "timeout": 60,
            "loglevel": "warning",
            "worker_tmp_dir": str(MEMORY) if MEMORY.is_dir() else None,
            "post_worker_init": self._begin_work,
            "worker_exit": self._end_work,
        }
        for name, value in options.items():
            self.cfg.set(name, value)

    def load(self) -> Callable[..., Any]:
        return self.app

    def _begin_work(self, _worker: object) -> None:
        if config().embedded_worker:
            start_work(self.app, self.stop)

    def _end_work(self, _server: object, _worker: object) -> None:
        self.stop.set()


def start_work(app: Flask, stop: threading.Event) -> None:
    """Deliver what a crash left behind, then run jobs and indexing in threads."""
    with app.app_context():
        signals.sweep()
    threading.Thread(target=jobs.work, kwargs={"stop": stop}, name="jobs", daemon=True).start()
    _start_indexing(app, stop)


def _start_indexing(app: Flask, stop: threading.Event) -> None:
    def run() -> None:
        with app.app_context():
            writer.run(stop)

    threading.Thread(target=run, name="index", daemon=True).start()


def _refuse_taken_port(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise click.ClickException(
                f"Port {port} is taken. Choose another: PORT=8123 make run"
            ) from error


def _greet(host: str, port: int, sign_ins: list[demo.SignIn]) -> None:
    console.print(f"\n  [bold]{config().site_name}[/bold] is open on http://{host}:{port}")
    if sign_ins:
        console.print(f"  Demo sign-ins, all with the password [bold]{demo.PASSWORD}[/bold]:")
        for sign_in in sign_ins:
            console.print(f"    {sign_in.username:<22} {sign_in.role}")
    console.print("  Ctrl+C stops it.\n")
