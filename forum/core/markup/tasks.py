"""- [ ] and - [x]: a box before an item. It shows a state; changing it means editing the post."""

from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from forum.core.markup.drawing import Env, draw

_BOXES = {"[ ] ": False, "[x] ": True, "[X] ": True}


def install(md: MarkdownIt) -> None:
    md.core.ruler.push("tasks", _find)
    draw(md, "task", _render)


def _find(state: StateCore) -> None:
    lists: list[Token] = []
    tokens = state.tokens
    for index, token in enumerate(tokens):
        if token.type in ("bullet_list_open", "ordered_list_open"):
            lists.append(token)
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            lists.pop()
        elif token.type == "list_item_open" and _is_task(tokens, index):
            _tick(tokens[index + 2])
            token.attrs["class"] = "task-item"
            lists[-1].attrs["class"] = "task-list"


def _is_task(tokens: Sequence[Token], item: int) -> bool:
    children = tokens[item + 2].children
    if tokens[item + 1].type != "paragraph_open" or not children:
        return False
    first = children[0]
    return first.type == "text" and first.content[:4] in _BOXES


def _tick(paragraph: Token) -> None:
    children = paragraph.children or []
    box = Token("task", "", 0, meta={"done": _BOXES[children[0].content[:4]]})
    children[0].content = children[0].content[4:]
    paragraph.children = [box, *children]


def _render(token: Token, _env: Env) -> str:
    if token.meta["done"]:
        return '<span class="task task-done">☑</span> '
    return '<span class="task">☐</span> '
