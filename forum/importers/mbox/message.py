"""One message: its envelope for threading, its author, text and files for reading.

Nothing in a message makes reading it fail: what is broken is mended and noted.
"""

import hashlib
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.parser import BytesHeaderParser, BytesParser
from email.policy import compat32
from email.utils import parseaddr, parsedate_to_datetime

from forum.core import clock
from forum.importers import charsets
from forum.importers.html import to_text
from forum.importers.mbox.threads import Envelope
from forum.importers.rendered import File

_ID = re.compile(r"<[^<>\s]{1,990}>")
_OLDEST = datetime(1969, 1, 1, tzinfo=UTC)
_MOST_REFERENCES = 200
MOST_FILES = 10

_head_parser = BytesHeaderParser(policy=compat32)
_parser = BytesParser(policy=compat32)


@dataclass(frozen=True)
class MailHead:
    """What the headers say."""

    envelope: Envelope
    newsgroups: tuple[str, ...]
    has_id: bool
    has_date: bool


@dataclass
class Mail:
    """What a message says, and what had to be mended to read it."""

    author_name: str = ""
    author_address: str = ""
    text: str = ""
    files: list[File] = field(default_factory=list)
    files_left_out: int = 0
    charset_repaired: bool = False
    broken: bool = False


def read_head(raw: bytes, *, otherwise: datetime) -> MailHead:
    """The envelope of a message; `otherwise` is its date when it has no usable one."""
    message = _head_parser.parsebytes(raw)
    message_id = _first_id(_header(message, "Message-ID"))
    sent_at = _date(_header(message, "Date"))
    references = _references(message, message_id)
    subject = _header(message, "Subject")
    return MailHead(
        Envelope(
            id=message_id or f"<{hashlib.sha256(raw).hexdigest()[:40]}@no-id>",
            references=references,
            subject=" ".join(subject.split()),
            sent_at=sent_at or otherwise,
        ),
        newsgroups=tuple(
            name for part in _header(message, "Newsgroups").split(",") if (name := part.strip())
        ),
        has_id=bool(message_id),
        has_date=sent_at is not None,
    )


def read(raw: bytes) -> Mail:
    """A whole message with its files."""
    message = _parser.parsebytes(raw)
    mail = Mail()
    mail.author_name, mail.author_address = _author(message)
    plain: list[str] = []
    html: list[str] = []
    for part in message.walk():
        # A text that says it has parts is read as text; the parser noted the contradiction.
        mail.broken = mail.broken or bool(part.defects)
        if part.is_multipart():
            continue
        _take(part, mail, plain, html)
    texts = plain or [to_text(text) for text in html]
    mail.text = "\n\n".join(text.strip("\n") for text in texts if text.strip()).rstrip()
    return mail


def _take(part: Message, mail: Mail, plain: list[str], html: list[str]) -> None:
    payload = part.get_payload(decode=True)
    content = payload if isinstance(payload, bytes) else b""
    name = charsets.clean(_decoded(part.get_filename() or ""))
    mime = part.get_content_type()
    mail.broken = mail.broken or bool(part.defects)  # undecodable base64 shows only now
    if _is_read(part, mime) and not name:
        text, repaired = charsets.decode(content, _charset(part))
        mail.charset_repaired = mail.charset_repaired or repaired
        (html if mime == "text/html" else plain).append(text)
    elif len(mail.files) < MOST_FILES:
        mail.files.append(File(name or "file", mime, content))
    else:
        mail.files_left_out += 1


def _is_read(part: Message, mime: str) -> bool:
    """Text to be shown; also what says that it has parts, and has none."""
    if part.get_content_disposition() == "attachment":
        return False
    return mime in ("text/plain", "text/html") or mime.startswith("multipart/")


def _charset(part: Message) -> str:
    declared = part.get_param("charset")
    if isinstance(declared, tuple):
        declared = declared[2]
    return str(declared or "").strip("\"' ")


def _author(message: Message) -> tuple[str, str]:
    written = _header(message, "From")
    name, address = parseaddr(written)
    if "@" not in address:
        return written.strip(), ""  # old programs: a name alone
    return name.strip(), address.strip().lower()


def _references(message: Message, own: str) -> tuple[str, ...]:
    """Ids of the ancestors, the answered one last, each once."""
    named = _ID.findall(_header(message, "References"))[-_MOST_REFERENCES:]
    # People also write sentences there: the id comes first.
    answered = _ID.findall(_header(message, "In-Reply-To"))[:1]
    if answered and answered[0] not in named:
        named += answered
    return tuple(dict.fromkeys(reference for reference in named if reference != own))


def _first_id(text: str) -> str:
    found = _ID.search(text)
    if found:
        return found.group()
    word = "".join(text.split()).strip("<>")
    return f"<{word[:990]}>" if word else ""


def _date(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
    try:
        moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except OverflowError:
        return None
    believable = _OLDEST <= moment <= clock.now() + timedelta(days=1)
    return moment if believable else None


def _header(message: Message, name: str) -> str:
    value = message.get(name)
    return "" if value is None else charsets.clean(_decoded(value))


def _decoded(value: object) -> str:
    """A header as people read it, whatever the bytes in it."""
    try:
        parts = decode_header(value)  # type: ignore[arg-type]
    except (HeaderParseError, ValueError):
        return str(value)
    return "".join(_words(content, charset) for content, charset in parts)


def _words(content: bytes | str, charset: str | None) -> str:
    if isinstance(content, str):
        content = content.encode("utf-8", "surrogateescape")
    declared = "" if charset in (None, "unknown-8bit") else str(charset)
    return charsets.decode(content, declared)[0]
