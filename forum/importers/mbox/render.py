"""Messages to posts; runs in the workers."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from forum.core import languages
from forum.core.i18n import _
from forum.core.markup.folded import cook_mail
from forum.core.text import excerpt
from forum.importers.mbox.message import Mail, read
from forum.importers.rendered import Author, File, Rendered

LONGEST_BODY_BYTES = 32_768
_LANGUAGE_FROM = 3_000  # characters: enough to tell the language


@dataclass(frozen=True)
class MailSettings:
    """What the workers must be told of a run."""

    lang: str | None
    default_lang: str
    largest_file: int


def render(settings: MailSettings, messages: Sequence[bytes]) -> list[Rendered]:
    """The posts of some messages, as they were sent."""
    return [_rendered(read(message), settings) for message in messages]


def _rendered(mail: Mail, settings: MailSettings) -> Rendered:
    raw, whole = _cut(mail.text)
    one = Rendered(author=_author(mail), raw=raw or _("(no text)"))
    if whole:
        one.files.append(whole)
        one.notes.append("cut")
    for name, mime, content in mail.files:
        if 0 < len(content) <= settings.largest_file:
            one.files.append(File(name, mime, content))
        else:
            one.notes.append("files_left_out")
    one.notes += ["files_left_out"] * mail.files_left_out
    one.notes += ["charset_repairs"] * mail.charset_repaired + ["broken_mime"] * mail.broken
    cooked = cook_mail(one.raw)
    one.html, one.text, one.excerpt = cooked.html, cooked.search_text, excerpt(cooked.text)
    one.lang = settings.lang or languages.guess(cooked.text[:_LANGUAGE_FROM], settings.default_lang)
    return one


def _cut(text: str) -> tuple[str, File | None]:
    """The body, and the whole of it as a file where it is too long for a post."""
    content = text.encode()
    if len(content) <= LONGEST_BODY_BYTES:
        return text, None
    ending = f"\n\n[…] {_('The whole message is in the attached file.')}"
    beginning = content[: LONGEST_BODY_BYTES - len(ending.encode())].decode(errors="ignore")
    kept = beginning.rpartition("\n")[0] or beginning
    return kept.rstrip() + ending, File("message.txt", "text/plain; charset=utf-8", content)


def _author(mail: Mail) -> Author:
    """By address; without one by name. An author without both is one of many unknown ones."""
    name = mail.author_name or mail.author_address.partition("@")[0].partition("+")[0]
    key = mail.author_address or f"name:{name.casefold()}"
    if len(key) > 254:
        key = f"digest:{hashlib.sha256(key.encode()).hexdigest()}"
    return Author(key, name or _("Unknown author"))
