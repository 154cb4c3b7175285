"""Tables scroll inside a region of their own and align by class, never by style."""

from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererProtocol
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from forum.core.markup.plain_text import inline_text

_LONGEST_LABEL = 80
_ALIGNMENT = {"text-align:right": "r", "text-align:center": "c"}


def install(md: MarkdownIt) -> None:
    md.core.ruler.push("tables", _dress)
    md.add_render_rule("table_open", _render_open)
    md.add_render_rule("table_close", _render_close)


def _dress(state: StateCore) -> None:
    table: Token | None = None
    for token in state.tokens:
        if token.type == "table_open":
            table, headings = token, []
        elif token.type in ("th_open", "td_open"):
            alignment = _ALIGNMENT.get(str(token.attrs.pop("style", "")))
            if alignment:
                token.attrs["class"] = alignment
        elif token.type == "inline" and table:
            headings.append(inline_text(token.children or []).strip())
        elif token.type == "thead_close" and table:
            table.meta["label"] = ", ".join(filter(None, headings))[:_LONGEST_LABEL]
            table = None


def _render_open(
    self: RendererProtocol, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
) -> str:
    # The column heads name the region: a word of ours would be in one language only.
    label = escapeHtml(tokens[idx].meta.get("label") or "…")
    return f'<div class="scroll-x" role="region" tabindex="0" aria-label="{label}"><table>\n'


def _render_close(
    self: RendererProtocol, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
) -> str:
    return "</table></div>\n"
