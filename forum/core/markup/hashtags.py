"""#name: a link to a category, else to a tag, else plain text."""

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from forum.core.markup import names
from forum.core.markup.drawing import Env, draw


def install(md: MarkdownIt) -> None:
    md.inline.ruler.push("hashtag", _find)
    draw(md, "hashtag", _render)


def _find(state: StateInline, silent: bool) -> bool:
    sign = state.pos
    if state.src[sign] != "#" or state.linkLevel > 0 or not names.may_start(state.src, sign):
        return False
    end = names.end_of_name(state.src, sign + 1, state.posMax, joiners="_-")
    if end == sign + 1:
        return False
    if not silent:
        token = state.push("hashtag", "", 0)
        token.content = state.src[sign:end]
        token.meta["key"] = names.key(token.content[1:])
    state.pos = end
    return True


def _render(token: Token, env: Env) -> str:
    found = env["found"]
    if category := found.categories.get(token.meta["key"]):
        path, label, hue = category
        return f'<a class="cat" data-hue="{int(hue)}" href="{escapeHtml(path)}">{escapeHtml(label)}</a>'
    if tag := found.tags.get(token.meta["key"]):
        path, label = tag
        return f'<a class="tag" href="{escapeHtml(path)}">{escapeHtml(label)}</a>'
    return escapeHtml(token.content)
