"""@name: a link to a member who exists, plain text otherwise."""

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from forum.core.markup import names
from forum.core.markup.drawing import Env, draw


def install(md: MarkdownIt) -> None:
    md.inline.ruler.push("mention", _find)
    draw(md, "mention", _render)


def _find(state: StateInline, silent: bool) -> bool:
    sign = state.pos
    if state.src[sign] != "@" or state.linkLevel > 0 or not names.may_start(state.src, sign):
        return False
    end = names.end_of_name(state.src, sign + 1, state.posMax, joiners="_-.")
    if end == sign + 1:
        return False
    if not silent:
        token = state.push("mention", "", 0)
        token.content = state.src[sign:end]
        token.meta["key"] = names.key(token.content[1:])
    state.pos = end
    return True


def _render(token: Token, env: Env) -> str:
    path = env["found"].members.get(token.meta["key"])
    shown = escapeHtml(token.content)
    return f'<a class="mention" href="{escapeHtml(path)}">{shown}</a>' if path else shown
