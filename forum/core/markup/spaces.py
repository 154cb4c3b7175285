"""The spaces that French puts beside its marks do not break a line; those in code stay as typed.

In every language alike: whoever types a space before a mark wants the two on one line.
"""

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore

from forum.core.text import bound


def install(md: MarkdownIt) -> None:
    md.core.ruler.push("spaces", _bind)


def _bind(state: StateCore) -> None:
    for block in state.tokens:
        for token in block.children or []:
            if token.type == "text":
                token.content = bound(token.content)
