"""Questions, answers and comments to posts; runs in the workers."""

from collections.abc import Sequence
from dataclasses import dataclass

from forum.core.i18n import _
from forum.importers import records
from forum.importers.html import to_markdown
from forum.importers.markdown import escape_beginnings
from forum.importers.rendered import Author, Rendered
from forum.importers.stackexchange.source import Source


@dataclass(frozen=True)
class SiteSettings:
    """What the workers must be told of a run."""

    lang: str | None
    default_lang: str
    base_url: str


@dataclass(frozen=True, slots=True)
class Payload:
    """What was written: HTML, or of a comment Markdown within its lines; and where it stands."""

    body: str
    is_html: bool
    author: Author
    source: Source


def render(settings: SiteSettings, payloads: Sequence[Payload]) -> list[Rendered]:
    """The posts of some texts, each with the line that says where it is from."""
    return [_rendered(payload, settings) for payload in payloads]


def _rendered(payload: Payload, settings: SiteSettings) -> Rendered:
    body = to_markdown(payload.body) if payload.is_html else escape_beginnings(payload.body).strip()
    if not body:
        return Rendered(refusal=_("It has no text."))
    return records.written(
        payload.author,
        body,
        base_url=settings.base_url,
        lang=settings.lang,
        default_lang=settings.default_lang,
        below=payload.source.line,
    )
