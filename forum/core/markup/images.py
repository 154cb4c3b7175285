"""Pictures are loaded when they come near; what may not be loaded shows its description."""

from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererProtocol
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from forum.core.markup import urls
from forum.core.markup.plain_text import inline_text


def install(md: MarkdownIt) -> None:
    md.core.ruler.push("images", _refuse)
    md.add_render_rule("image", _render)


def _refuse(state: StateCore) -> None:
    for token in state.tokens:
        for child in token.children or ():
            if child.type == "image" and not urls.is_safe_image(_source(child, state.env)):
                child.type, child.content = "text", inline_text(child.children or [])


def _render(
    self: RendererProtocol, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
) -> str:
    token = tokens[idx]
    described = escapeHtml(inline_text(token.children or []))
    title = f' title="{escapeHtml(str(token.attrs["title"]))}"' if "title" in token.attrs else ""
    return f'<img src="{escapeHtml(_source(token, env))}" alt="{described}"{title} loading="lazy">'


def _source(token: Token, env: EnvType) -> str:
    address = str(token.attrs["src"])
    return urls.home_path(address, env["context"].home) or address
