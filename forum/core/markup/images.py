"""Pictures are loaded when they come near; what may not be loaded shows its description."""

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from forum.core.markup import urls
from forum.core.markup.drawing import Env, draw
from forum.core.markup.plain_text import inline_text


def install(md: MarkdownIt) -> None:
    md.core.ruler.push("images", _refuse)
    draw(md, "image", _render)


def _refuse(state: StateCore) -> None:
    for token in state.tokens:
        for child in token.children or ():
            if child.type == "image" and not urls.is_safe_image(_source(child, state.env)):
                child.type, child.content = "text", inline_text(child.children or [])


def _render(token: Token, env: Env) -> str:
    described = escapeHtml(inline_text(token.children or []))
    title = f' title="{escapeHtml(str(token.attrs["title"]))}"' if "title" in token.attrs else ""
    return f'<img src="{escapeHtml(_source(token, env))}" alt="{described}"{title} loading="lazy">'


def _source(token: Token, env: Env) -> str:
    address = str(token.attrs["src"])
    return urls.home_path(address, env["context"].home) or address
