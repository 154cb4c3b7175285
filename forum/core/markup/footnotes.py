"""[^1]: footnotes whose ids carry the post's prefix, so that two posts on a page never share one."""

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, reference
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.footnote.index import footnote_def, footnote_inline, footnote_ref

from forum.core.markup.drawing import Env, draw

_MOST_REFERENCES = 300
_MOST_WAYS_BACK = 5


def install(md: MarkdownIt) -> None:
    md.use(footnote_plugin)
    md.block.ruler.at("footnote_def", _definition, {"alt": ["paragraph", "reference"]})
    md.block.ruler.at("reference", _link_definition)
    md.inline.ruler.at("footnote_ref", _reference)
    md.inline.ruler.at("footnote_inline", _inline_note)
    draw(md, "footnote_ref", _render_reference)
    draw(md, "footnote_anchor", _render_way_back)
    draw(md, "footnote_open", _render_open)
    draw(md, "footnote_block_open", _render_block_open)


def _definition(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    # Notes are gathered at the end by cutting from the first mark to the next: one inside a list,
    # a quote or another note would tear its surroundings apart.
    return state.level == 0 and bool(footnote_def(state, start_line, end_line, silent))


def _link_definition(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    start = state.bMarks[start_line] + state.tShift[start_line]
    return not state.src.startswith("[^", start) and reference(state, start_line, end_line, silent)


def _reference(state: StateInline, silent: bool) -> bool:
    return _within_limit(state) and _counted(state, silent, footnote_ref(state, silent))


def _inline_note(state: StateInline, silent: bool) -> bool:
    return _within_limit(state) and _counted(state, silent, footnote_inline(state, silent))


def _within_limit(state: StateInline) -> bool:
    return bool(state.env.get("note_references", 0) < _MOST_REFERENCES)


def _counted(state: StateInline, silent: bool, matched: bool) -> bool:
    if matched and not silent:
        state.env["note_references"] = state.env.get("note_references", 0) + 1
    return matched


def _number(token: Token) -> str:
    return str(token.meta["id"] + 1)


def _reference_id(token: Token, env: Env) -> str:
    repeated = token.meta.get("subId", 0)
    again = f"-{repeated}" if repeated > 0 else ""
    return f"{env['context'].footnote_prefix}-fnref{_number(token)}{again}"


def _note_id(token: Token, env: Env) -> str:
    return f"{env['context'].footnote_prefix}-fn{_number(token)}"


def _render_reference(token: Token, env: Env) -> str:
    return (
        f'<sup class="footnote-ref"><a href="#{_note_id(token, env)}" '
        f'id="{_reference_id(token, env)}">[{_number(token)}]</a></sup>'
    )


def _render_way_back(token: Token, env: Env) -> str:
    if token.meta["subId"] >= _MOST_WAYS_BACK:
        return ""
    # U+FE0E asks for the arrow as text, not as a coloured picture.
    return f' <a class="footnote-back" href="#{_reference_id(token, env)}">↩\ufe0e</a>'


def _render_open(token: Token, env: Env) -> str:
    return f'<li id="{_note_id(token, env)}">'


def _render_block_open(_token: Token, _env: Env) -> str:
    return '<section class="footnotes">\n<ol>\n'
