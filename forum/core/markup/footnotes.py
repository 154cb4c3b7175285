"""[^1]: footnotes whose ids carry the post's prefix, so that two posts on a page never share one."""

from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererProtocol
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from mdit_py_plugins.footnote import footnote_plugin


def install(md: MarkdownIt) -> None:
    md.use(footnote_plugin)
    md.add_render_rule("footnote_ref", _render_reference)
    md.add_render_rule("footnote_anchor", _render_way_back)
    md.add_render_rule("footnote_open", _render_open)
    md.add_render_rule("footnote_block_open", _render_block_open)


def _number(token: Token) -> str:
    return str(token.meta["id"] + 1)


def _reference_id(token: Token, env: EnvType) -> str:
    repeated = token.meta.get("subId", 0)
    again = f"-{repeated}" if repeated > 0 else ""
    return f"{env['context'].footnote_prefix}-fnref{_number(token)}{again}"


def _note_id(token: Token, env: EnvType) -> str:
    return f"{env['context'].footnote_prefix}-fn{_number(token)}"


def _render_reference(
    self: RendererProtocol, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
) -> str:
    token = tokens[idx]
    return (
        f'<sup class="footnote-ref"><a href="#{_note_id(token, env)}" '
        f'id="{_reference_id(token, env)}">[{_number(token)}]</a></sup>'
    )


def _render_way_back(
    self: RendererProtocol, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
) -> str:
    # U+FE0E asks for the arrow as text, not as a coloured picture.
    return f' <a class="footnote-back" href="#{_reference_id(tokens[idx], env)}">↩\ufe0e</a>'


def _render_open(
    self: RendererProtocol, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
) -> str:
    return f'<li id="{_note_id(tokens[idx], env)}">'


def _render_block_open(
    self: RendererProtocol, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
) -> str:
    return '<section class="footnotes">\n<ol>\n'
