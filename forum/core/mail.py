"""Sending mail: through SMTP when configured, else into the instance's outbox as .eml files."""

import smtplib
import ssl
from collections.abc import Mapping
from email import policy
from email.headerregistry import Address, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from forum.config import config
from forum.core import clock

TIMEOUT_SECONDS = 20


class _Unbroken:
    """A header whose address programs read as it stands: neither folded nor encoded."""

    max_count = 1
    parse = staticmethod(UnstructuredHeader.parse)

    def fold(self: Any, *, policy: Any) -> str:
        return f"{self.name}: {self}{policy.linesep}"


_HEADERS = HeaderRegistry()
_HEADERS.map_to_type("list-unsubscribe", _Unbroken)  # type: ignore[arg-type]
_POLICY = policy.default.clone(header_factory=_HEADERS)


def send(
    *,
    to: str,
    subject: str,
    text: str,
    html: str | None = None,
    headers: Mapping[str, str] | None = None,
) -> None:
    """Send one mail. Called from jobs only: a mail server may be slow."""
    message = compose(to=to, subject=subject, text=text, html=html)
    for name, value in (headers or {}).items():
        message[name] = value
    if config().mail_url:
        _through_smtp(message)
    else:
        _into_outbox(message)


def compose(*, to: str, subject: str, text: str, html: str | None = None) -> EmailMessage:
    """The message as it will travel. Line breaks in a header are refused by `EmailMessage`."""
    message = EmailMessage(_POLICY)
    message["Subject"] = " ".join(subject.split())
    message["From"] = Address(display_name=config().site_name, addr_spec=config().mail_from)
    message["To"] = Address(addr_spec=to)
    message["Date"] = format_datetime(clock.now())
    message["Message-ID"] = make_msgid(domain=urlsplit(config().base_url).hostname)
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text)
    if html:
        message.add_alternative(html, subtype="html")
    return message


def outbox() -> Path:
    """The folder of mails that were not given to a mail server."""
    return config().instance / "outbox"


def _into_outbox(message: EmailMessage) -> None:
    folder = outbox()
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{clock.now():%Y%m%d-%H%M%S-%f}.eml"
    (folder / name).write_bytes(message.as_bytes())


def _through_smtp(message: EmailMessage) -> None:
    address = urlsplit(config().mail_url)
    host = address.hostname or "localhost"
    if address.scheme == "smtps":
        server: smtplib.SMTP = smtplib.SMTP_SSL(
            host, address.port or 465, timeout=TIMEOUT_SECONDS, context=ssl.create_default_context()
        )
    else:
        server = smtplib.SMTP(host, address.port or 587, timeout=TIMEOUT_SECONDS)
    with server:
        if address.scheme == "smtp" and server.has_extn("starttls"):
            server.starttls(context=ssl.create_default_context())
        if address.username:
            server.login(unquote(address.username), unquote(address.password or ""))
        server.send_message(message)
