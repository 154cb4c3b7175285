"""- [ ] and - [x]: a box before an item. It shows a state; changing it means editing the post."""

from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererProtocol
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

_BOXES = {"[ ] ": False, "[x] ": True, "[X] ": True}


def install(md: MarkdownIt) -> None:
    md.core.ruler.push("tasks", _find)
    md.add_render_rule("task", _render)


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
    if tokens[item + 1].type != "paragraph_open" or not tokens[item + 2].children:
        return False
    first = tokens[item + 2].children[0]
    return first.type == "text" and first.content[:4] in _BOXES


def _tick(paragraph: Token) -> None:
    children = paragraph.children or []
    box = Token("task", "", 0, meta={"done": _BOXES[children[0].content[:4]]})
    children[0].content = children[0].content[4:]
    paragraph.children = [box, *children]


def _render(
    self: RendererProtocol, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
) -> str:
    if tokens[idx].meta["done"]:
        return '<span class="task task-done">☑</span> '
    return '<span class="task">☐</span> '
