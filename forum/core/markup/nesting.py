"""How deep blocks may nest: beyond, their marks stay text, so that nothing a member wrote is lost.

markdown-it's own limit drops whatever lies deeper; and each level of quoting reads every lazy line
again, so that a hundred levels would cost a hundred times the text.
"""

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, blockquote, list_block

# markdown-it's limit, which also bounds brackets within brackets.
DEEPEST = 20
DEEPEST_BLOCKS = 16
_DEEPEST_BLOCKQUOTES = 5


def install(md: MarkdownIt) -> None:
    md.block.ruler.at(
        "blockquote", _blockquote, {"alt": ["paragraph", "reference", "blockquote", "list"]}
    )
    md.block.ruler.at("list", _list, {"alt": ["paragraph", "reference", "blockquote"]})


def _blockquote(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    depth = state.env.get("blockquotes", 0)
    if depth >= _DEEPEST_BLOCKQUOTES or state.level >= DEEPEST_BLOCKS:
        return False
    state.env["blockquotes"] = depth + 1
    matched = blockquote(state, start_line, end_line, silent)
    state.env["blockquotes"] = depth
    return matched


def _list(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    return state.level < DEEPEST_BLOCKS and list_block(state, start_line, end_line, silent)
