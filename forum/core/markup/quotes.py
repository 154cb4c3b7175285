"""[quote="ines, post:2, topic:42"] … [/quote]: quoting another post, as Discourse writes it.

Marks are paired once, before the blocks are parsed, in one pass over the lines: looking for the end
of each quote from its beginning would be quadratic in a storm of opening marks.
"""

import re
from dataclasses import dataclass, field

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from forum.core.markup.context import QuoteSource
from forum.core.markup.drawing import Env, draw
from forum.core.markup.nesting import DEEPEST_BLOCKS

_DEEPEST = 3
_MOST_MARKS_ON_A_LINE = 8
_CLOSING = "[/quote]"
_OPENING = re.compile(r" {0,3}\[quote(?:=([^\]\n]{1,200}))?\]", re.IGNORECASE)
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")


@dataclass(frozen=True)
class _Quote:
    """A paired opening mark: the line of its end, how deep it stands, what it says."""

    close: int
    depth: int
    attribution: str


@dataclass
class _Marks:
    quotes: dict[int, _Quote] = field(default_factory=dict)
    # Marks of quotes beyond the deepest level: their text stays, they themselves vanish.
    dropped: set[int] = field(default_factory=set)


def install(md: MarkdownIt) -> None:
    md.core.ruler.after("normalize", "quote_marks", _pair_marks)
    md.block.ruler.before(
        "fence", "quote", _parse, {"alt": ["paragraph", "reference", "blockquote", "list"]}
    )
    draw(md, "quote_open", _render_open)
    draw(md, "quote_close", _render_close)


def _pair_marks(state: StateCore) -> None:
    if _CLOSING not in state.src.lower():
        return
    lines, openings, closings = _split_marks(state.src.split("\n"))
    state.src = "\n".join(lines)
    state.env["quotes"] = _measure(_pairs(openings, closings), openings)


def _split_marks(source: list[str]) -> tuple[list[str], dict[int, str], set[int]]:
    """Gives each mark at the edge of a line a line of its own; code fences stay as they are."""
    lines: list[str] = []
    openings: dict[int, str] = {}
    closings: set[int] = set()
    fence = ""
    for line in source:
        if mark := _FENCE.match(line):
            fence = _next_fence(fence, mark.group(1), line)
        if fence or mark or "[" not in line:
            lines.append(line)
            continue
        opened, rest = _taken_from_start(line)
        for opening in opened:
            openings[len(lines)] = opening.group(1) or ""
            lines.append(opening.group())
        closed, rest = _taken_from_end(rest)
        if rest.strip() or not (opened or closed):
            lines.append(rest)
        for _ in range(closed):
            closings.add(len(lines))
            lines.append(_CLOSING)
    return lines, openings, closings


def _taken_from_start(line: str) -> tuple[list[re.Match[str]], str]:
    taken: list[re.Match[str]] = []
    while len(taken) < _MOST_MARKS_ON_A_LINE and (opening := _OPENING.match(line)):
        taken.append(opening)
        line = line[opening.end() :].lstrip()
    return taken, line


def _taken_from_end(line: str) -> tuple[int, str]:
    taken = 0
    while taken < _MOST_MARKS_ON_A_LINE and line.rstrip()[-8:].lower() == _CLOSING:
        line = line.rstrip()[:-8]
        taken += 1
    return taken, line


def _next_fence(fence: str, mark: str, line: str) -> str:
    if not fence:
        return mark
    ends = mark[0] == fence[0] and len(mark) >= len(fence) and not line.strip().strip(mark[0])
    return "" if ends else fence


def _pairs(openings: dict[int, str], closings: set[int]) -> dict[int, int]:
    pairs: dict[int, int] = {}
    open_lines: list[int] = []
    for line in sorted([*openings, *closings]):
        if line in openings:
            open_lines.append(line)
        elif open_lines:
            pairs[open_lines.pop()] = line
    return pairs


def _measure(pairs: dict[int, int], openings: dict[int, str]) -> _Marks:
    marks = _Marks()
    ends: list[int] = []
    for line in sorted(pairs):
        while ends and ends[-1] < line:
            ends.pop()
        ends.append(pairs[line])
        if len(ends) > _DEEPEST:
            marks.dropped.update((line, pairs[line]))
        else:
            marks.quotes[line] = _Quote(pairs[line], len(ends), openings[line])
    return marks


def _parse(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    marks: _Marks | None = state.env.get("quotes")
    if marks is None or state.is_code_block(start_line):
        return False
    if start_line in marks.dropped:
        state.line = start_line + 1
        return True
    quote = marks.quotes.get(start_line)
    if quote is None or state.level >= DEEPEST_BLOCKS:
        return False
    if quote.close >= end_line or state.sCount[quote.close] < state.blkIndent:
        return False
    if silent:
        return True
    _push(state, start_line, quote)
    return True


def _push(state: StateBlock, start: int, quote: _Quote) -> None:
    outer_parent, outer_max = state.parentType, state.lineMax
    state.parentType, state.lineMax = "blockquote", quote.close
    token = state.push("quote_open", "aside", 1)
    token.meta["name"], token.meta["source"] = _read(quote.attribution)
    state.md.block.tokenize(state, start + 1, quote.close)
    state.push("quote_close", "aside", -1)
    state.parentType, state.lineMax = outer_parent, outer_max
    state.line = quote.close + 1


def _read(attribution: str) -> tuple[str, QuoteSource | None]:
    """The name to show, and the post it came from when the attribution says so."""
    name, *rest = (part.strip() for part in attribution.strip("\"'“”«» ").split(","))
    said = dict(part.partition(":")[::2] for part in rest)
    topic, number = said.get("topic", "").strip(), said.get("post", "").strip()
    username = said.get("username", name).strip()
    if not (username and _is_number(topic) and _is_number(number)):
        return name, None
    return name, QuoteSource(username, int(topic), int(number))


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 9


def _render_open(token: Token, env: Env) -> str:
    name, source = token.meta["name"], token.meta["source"]
    link = env["found"].quotes.get(source)
    if link:
        path, name = link
        return (
            f'<aside class="quote" data-topic="{source.topic_id}" data-post="{source.post_number}">'
            f'<header><b>{escapeHtml(name)}</b><a href="{escapeHtml(path)}">#{source.post_number}</a>'
            "</header><blockquote>\n"
        )
    header = f"<header><b>{escapeHtml(name)}</b></header>" if name else ""
    return f'<aside class="quote">{header}<blockquote>\n'


def _render_close(_token: Token, _env: Env) -> str:
    return "</blockquote></aside>\n"
