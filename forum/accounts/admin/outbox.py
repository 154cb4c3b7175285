"""The mails that wait in the instance because no mail server is configured."""

import re
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from flask import Blueprint, render_template

from forum.config import config
from forum.core import mail
from forum.core.errors import NotFound
from forum.web.guards import admin_only

bp = Blueprint("admin_outbox", __name__, url_prefix="/admin/outbox")

SHOWN = 200
_NAME = re.compile(r"[0-9][0-9-]{0,60}\.eml")


@bp.get("")
@admin_only
def index() -> Any:
    letters = [(path.name, _read(path)) for path in _files()[:SHOWN]]
    return render_template("accounts/admin/outbox.html", letters=letters)


@bp.get("/<name>")
@admin_only
def show(name: str) -> Any:
    path = mail.outbox() / name
    if config().mail_url or not _NAME.fullmatch(name) or not path.is_file():
        raise NotFound
    letter = _read(path)
    body = letter.get_body(("plain", "html"))
    text = body.get_content() if body is not None else ""
    return render_template("accounts/admin/letter.html", letter=letter, text=text)


def _files() -> list[Path]:
    if config().mail_url:
        raise NotFound
    return sorted(mail.outbox().glob("*.eml"), reverse=True)


def _read(path: Path) -> EmailMessage:
    return message_from_bytes(path.read_bytes(), policy=policy.default)
