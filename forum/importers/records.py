"""Records of exports to posts: cut where they are too long, cooked as Markdown; runs in the workers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from forum.core import languages
from forum.core.i18n import _
from forum.core.markup.context import Context
from forum.core.markup.markdown import cook
from forum.core.text import excerpt
from forum.importers.mapping import Source, Texts, fill, text_of
from forum.importers.rendered import Author, File, Rendered

LONGEST_BODY_BYTES = 32_768
_LANGUAGE_FROM = 3_000  # characters


@dataclass(frozen=True)
class RecordSettings:
    """What the workers must be told of a run."""

    source: Source
    base_url: str
    default_lang: str


@dataclass(frozen=True, slots=True)
class Payload:
    """A record and how to read it."""

    record: Mapping[str, Any]
    body: Texts
    format: Any
    author: Author


def render(settings: RecordSettings, payloads: Sequence[Payload]) -> list[Rendered]:
    """The posts of some records. Names in them become no links: nobody was asked."""
    return [_rendered(payload, settings) for payload in payloads]


def author_of(source: Source, record: Mapping[str, Any], name: str, id_: str, email: str) -> Author:
    """By address, else by the source's own id, else by name."""
    shown = text_of(record, name) or _("Unknown author")
    address = text_of(record, email).lower()
    if "@" in address:
        return Author(address[:254], shown)
    key = f"{source.name}:{text_of(record, id_) or 'name:' + shown.casefold()}"
    return Author(key[:254], shown)


def language(source: Source, record: Mapping[str, Any]) -> str | None:
    """The language the mapping knows, itself or from a field; None is to be guessed."""
    said = source.lang if source.lang in ("fr", "en") else text_of(record, source.lang)[:2].lower()
    return said if said in ("fr", "en") else None


def _rendered(payload: Payload, settings: RecordSettings) -> Rendered:
    lang = language(settings.source, payload.record)
    raw = fill(settings.source, payload.body, payload.record, payload.format, lang or "")
    if not raw:
        return Rendered(refusal=_("It has no text."))
    return written(
        payload.author,
        raw,
        base_url=settings.base_url,
        lang=lang,
        default_lang=settings.default_lang,
    )


def written(
    author: Author,
    body: str,
    *,
    base_url: str,
    lang: str | None,
    default_lang: str,
    below: str = "",
) -> Rendered:
    """A body of Markdown as a post. The line `below` it is shown, but is none of its words."""
    one = Rendered(author=author)
    ending = f"\n\n{below}" if below else ""
    content = body.encode()
    if len(content) + len(ending.encode()) > LONGEST_BODY_BYTES:
        one.files.append(File("text.md", "text/markdown; charset=utf-8", content))
        one.notes.append("cut")
        ending = f"\n\n[…] {_('The whole text is in the attached file.')}{ending}"
        kept = content[: LONGEST_BODY_BYTES - len(ending.encode())].decode(errors="ignore")
        body = (kept.rpartition("\n")[0] or kept).rstrip()
    one.raw = body + ending
    context = Context(base_url=base_url)
    cooked = cook(one.raw, context)
    line = cook(below, context).text if below else ""
    one.html, one.text = cooked.html, cooked.search_text.removesuffix(line).rstrip()
    prose = cooked.text.removesuffix(line).rstrip() or one.text
    one.excerpt = excerpt(prose)
    one.lang = lang or languages.guess(prose[:_LANGUAGE_FROM], default_lang)
    return one
