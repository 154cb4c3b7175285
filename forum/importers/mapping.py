"""Mappings: TOML files that say which field of a foreign record means what here.

Texts of a post are templates: `{field}` is replaced by the field, made fit for its place; a line
all of whose fields are empty is left out. `docs/importing.md` explains every key.
"""

import re
import tomllib
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from forum.importers import charsets
from forum.importers.html import to_markdown
from forum.importers.markdown import escape_markdown

Format = Literal["html", "text", "markdown"]
Texts = str | dict[str, str]  # one template, or one for each language
_FIELD = re.compile(r"\{(\w+)\}")
_TRUE = {"1", "true", "yes", "oui", "vrai", "t"}


class MappingError(Exception):
    """A mapping cannot be used; the message says where it is wrong."""


class Unusable(Exception):
    """A record cannot be taken; the message says why."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Source(_Strict):
    """What all records of a file have in common."""

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9-]{0,40}$")
    category: str = ""
    lang: str = ""  # fr, en, or the name of a field that says it
    words: dict[str, dict[str, str]] = {}  # field → value → what is written instead


class RecordMapping(_Strict):
    """How one kind of record becomes a topic or a reply."""

    when: dict[str, str] = {}
    becomes: Literal["topic", "reply"]
    id: str
    title: str = ""
    topic: str = ""  # of a reply: the field with the id of its topic
    reply_to: str = ""
    body: Texts
    format: Format = "text"
    author: str
    author_id: str = ""
    author_email: str = ""
    created_at: str
    deleted: str = ""
    tags: tuple[str, ...] = ()


class DiscussionMapping(Source):
    """Topics and replies, one object a line."""

    records: tuple[RecordMapping, ...]


class Choice(_Strict):
    """A term chosen by how a code begins; of several the longest beginning counts."""

    field: str
    begins: dict[str, str]


class OpportunityMapping(Source):
    """Offers and requests, one row each. `side` and `kind` are fields, or the words themselves."""

    id: str
    title: str
    body: Texts
    format: Format = "text"
    author: str
    author_email: str = ""
    company: str = ""
    place: str = ""
    side: str = "request"
    kind: str = "business"
    status: str = ""
    market: str
    deadline: str = ""
    published: str
    sector: Choice | None = None
    knowhow: Choice | None = None


Kind = TypeVar("Kind", bound=Source)


def load(path: Path, kind: type[Kind]) -> Kind:
    """Read a mapping; raises `MappingError` with the place that is wrong."""
    try:
        return kind.model_validate(tomllib.loads(path.read_text("utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise MappingError(f"{path.name}: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise MappingError(f"{path.name}: {place}: {first['msg']}") from error


def text_of(record: Mapping[str, Any], name: str) -> str:
    """A field as text; empty when it is absent."""
    value = record.get(name) if name else None
    if value is None or isinstance(value, (dict, list)):
        return ""
    return charsets.clean(str(value)).strip()


def word_of(source: Source, record: Mapping[str, Any], name: str) -> str:
    """A field, or what the mapping writes instead of its value."""
    text = text_of(record, name)
    return source.words.get(name, {}).get(text, text)


def is_true(record: Mapping[str, Any], name: str) -> bool:
    """Whether a field says yes."""
    return text_of(record, name).lower() in _TRUE


def moment_of(record: Mapping[str, Any], name: str) -> datetime | None:
    """A field as a moment: ISO 8601, or seconds since 1970. Without a zone it is UTC."""
    text = text_of(record, name)
    try:
        if re.fullmatch(r"\d{9,10}(\.\d+)?", text):
            return datetime.fromtimestamp(float(text), UTC)
        moment = datetime.fromisoformat(text)
    except (ValueError, OverflowError, OSError):
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def day_of(record: Mapping[str, Any], name: str) -> date | None:
    """A field as a day."""
    moment = moment_of(record, name)
    return moment.date() if moment else None


def fill(
    source: Source, template: Texts, record: Mapping[str, Any], format_: Format, lang: str = ""
) -> str:
    """A template with the fields of a record, as Markdown. A bare name of a field is `{name}`."""
    if not isinstance(template, str):
        template = template.get(lang) or next(iter(template.values()), "")
    if "{" not in template:
        template = f"{{{template}}}"
    lines = []
    for line in template.strip().split("\n"):
        names = _FIELD.findall(line)
        values = [_written(source, record, name, format_) for name in names]
        if names and not any(values):
            continue
        parts = _FIELD.split(line)
        parts[1::2] = values
        lines.append("".join(parts))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _written(source: Source, record: Mapping[str, Any], name: str, format_: Format) -> str:
    text = text_of(record, name)
    instead = source.words.get(name, {}).get(text)
    if instead is not None:
        return instead
    match format_:
        case "html":
            return to_markdown(text)
        case "markdown":
            return text
        case _:
            return escape_markdown(text)
