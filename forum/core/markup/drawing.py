"""How a kind of token is drawn as HTML."""

from collections.abc import Callable, MutableMapping, Sequence
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererProtocol
from markdown_it.token import Token
from markdown_it.utils import OptionsDict

# What a drawing may know of the post beside its token: `context`, and `found`, what exists.
Env = MutableMapping[str, Any]


def draw(md: MarkdownIt, kind: str, drawing: Callable[[Token, Env], str]) -> None:
    def rule(
        _renderer: RendererProtocol,
        tokens: Sequence[Token],
        index: int,
        _options: OptionsDict,
        env: Env,
    ) -> str:
        return drawing(tokens[index], env)

    md.add_render_rule(kind, rule)
