"""Tables scroll inside a region of their own and align by class, never by style."""

import re

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.rules_block import StateBlock, table
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from forum.core.markup.drawing import Env, draw
from forum.core.markup.plain_text import inline_text

_LONGEST_LABEL = 80
# Short rows are filled up with empty cells: without a limit 12,000 lines of `|` make 65,000 cells.
_MOST_CELLS = 5_000
_DELIMITER_ROW = re.compile(r"[ \t|:-]+")
_ALIGNMENT = {"text-align:right": "r", "text-align:center": "c"}


def install(md: MarkdownIt) -> None:
    md.block.ruler.at("table", _parse, {"alt": ["paragraph", "reference"]})
    md.core.ruler.push("tables", _dress)
    draw(md, "table_open", _render_open)
    draw(md, "table_close", _render_close)


def _parse(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    if start_line < state.env.get("too_large_until", 0):
        return False
    if start_line + 2 > end_line or not _DELIMITER_ROW.fullmatch(_line(state, start_line + 1)):
        return False
    last = start_line
    while last < end_line and not state.isEmpty(last):
        last += 1
    cells = state.env.get("cells", 0) + (last - start_line) * _columns(state, start_line + 1)
    if cells > _MOST_CELLS:
        # Remembered for its rows: each of them would be counted again as a first one.
        state.env["too_large_until"] = last
        return False
    matched = table(state, start_line, end_line, silent)
    if matched and not silent:
        state.env["cells"] = cells
    return matched


def _line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def _columns(state: StateBlock, line: int) -> int:
    return len(re.findall(r"-+", _line(state, line)))


def _dress(state: StateCore) -> None:
    current: Token | None = None
    for token in state.tokens:
        if token.type == "table_open":
            current, headings = token, []
        elif token.type in ("th_open", "td_open"):
            alignment = _ALIGNMENT.get(str(token.attrs.pop("style", "")))
            if alignment:
                token.attrs["class"] = alignment
        elif token.type == "inline" and current:
            headings.append(inline_text(token.children or []).strip())
        elif token.type == "thead_close" and current:
            current.meta["label"] = ", ".join(filter(None, headings))[:_LONGEST_LABEL]
            current = None


def _render_open(token: Token, _env: Env) -> str:
    # The column heads name the region: a word of ours would be in one language only.
    label = escapeHtml(token.meta.get("label") or "…")
    return f'<div class="scroll-x" role="region" tabindex="0" aria-label="{label}"><table>\n'


def _render_close(_token: Token, _env: Env) -> str:
    return "</table></div>\n"
