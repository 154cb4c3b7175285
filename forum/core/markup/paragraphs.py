"""Lines of plain text as paragraphs: what was wrapped flows again, what was drawn stays as drawn.

Few elements on purpose, for cleaning them is most of the cost: line ends inside a paragraph are not
`<br>` but the class `lines`.
"""

import re
from collections.abc import Callable, Iterator
from itertools import groupby, pairwise

_SEPARATOR = re.compile(r"\s*([-=*_~#+])\1{4,}\s*")
_DRAWN = re.compile(r"\S(?: {3,}| *\t)\s*\S|^\s*\|.*\|\s*$|^\s*\+[-=+]{3,}")
_CODE = re.compile(r"[;{}]\s*$|^\s*#\s*(?:include|define|if|ifdef|endif)\b|^\s*(?://|/\*|\*/)")
_ENCODED = re.compile(r"\S{55,}\s*$")
_ITEM = re.compile(r"\s*(?:[-*•o+]\s|\(?[0-9a-zA-Z]{1,2}[.)]\s)")
# A line that could not have taken the next word was broken by whoever wrapped the paragraph; people
# who press the key themselves stop a little earlier.
_NARROWEST = 48
_EARLIER = 8

_ADDRESS = re.compile(
    r"\b(?:https?://|www\.)[^\s<>\"'()\[\]{}|\\^`]+[^\s<>\"'()\[\]{}|\\^`?.,;:!]", re.IGNORECASE
)


def blocks(lines: list[str], links: dict[str, None]) -> str:
    """HTML of the lines; addresses become links and are added to `links`."""
    return "".join(
        _block(kind, paragraphs, links)
        for kind, paragraphs in _joined((_kind(lines), lines) for lines in _paragraphs(lines))
    )


def kept_lines(lines: list[str], links: dict[str, None]) -> str:
    """One paragraph whose line ends are kept."""
    return f'<p class="lines">{_linked(_tidy(lines), links)}</p>'


def escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def _paragraphs(lines: list[str]) -> Iterator[list[str]]:
    for is_text, paragraph in groupby(lines, key=_has_text):
        if is_text:
            yield list(paragraph)


def _has_text(line: str) -> bool:
    return bool(line) and not line.isspace()


def _kind(lines: list[str]) -> str:
    if len(lines) == 1:
        return "rule" if _SEPARATOR.fullmatch(lines[0]) else "flow"
    if any(_most(lines, pattern.search) for pattern in (_DRAWN, _CODE, _ENCODED)):
        return "pre"
    return "flow" if _was_wrapped(lines) else "lines"


def _most(lines: list[str], test: Callable[[str], object]) -> bool:
    return sum(1 for line in lines if test(line)) * 2 > len(lines)


def _was_wrapped(lines: list[str]) -> bool:
    width = max(_NARROWEST, max(len(line.rstrip()) for line in lines) - _EARLIER)
    return all(
        len(line.rstrip()) + 1 + len(following.split(None, 1)[0]) >= width
        and not _ITEM.match(following)
        and _indent(following) <= _indent(line) + 1
        for line, following in pairwise(lines)
    )


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _joined(
    paragraphs: Iterator[tuple[str, list[str]]],
) -> Iterator[tuple[str, list[list[str]]]]:
    """Neighbours drawn or written as code are one block, the empty line between them included."""
    for kind, group in groupby(paragraphs, key=lambda paragraph: paragraph[0]):
        members = [lines for _, lines in group]
        if kind == "pre":
            yield kind, members
        else:
            yield from ((kind, [lines]) for lines in members)


def _block(kind: str, paragraphs: list[list[str]], links: dict[str, None]) -> str:
    match kind:
        case "rule":
            return "<hr>"
        case "pre":
            text = "\n\n".join("\n".join(lines) for lines in paragraphs)
            return f'<pre tabindex="0">{escape(text.expandtabs().rstrip())}</pre>'
        case "flow":
            return f"<p>{_linked(_tidy(paragraphs[0]), links)}</p>"
        case _:
            return kept_lines(paragraphs[0], links)


def _tidy(lines: list[str]) -> str:
    return "\n".join(line.strip() for line in lines)


def _linked(text: str, links: dict[str, None]) -> str:
    if "://" not in text and "www." not in text.lower():
        return escape(text)
    parts: list[str] = []
    end = 0
    for found in _ADDRESS.finditer(text):
        shown = found.group()
        address = shown if "://" in shown[:8] else f"https://{shown}"
        links[address] = None
        parts += (
            escape(text[end : found.start()]),
            f'<a href="{escape(address)}">{escape(shown)}</a>',
        )
        end = found.end()
    parts.append(escape(text[end:]))
    return "".join(parts)
