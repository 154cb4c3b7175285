"""Which parts of a question must be there. Every engine asks here, so that all mean the same.

Small words, which carry no subject, are only wished for where other words are asked for beside
them: whoever types `norm en 12830` finds what has the norm and its number. Alone, or beside
nothing but conditions, they are all there is to find.
"""

from collections.abc import Iterable, Iterator, Sequence

from forum.search import analysis
from forum.search.question import Every, Node, Word, spoken


def flat(nodes: Iterable[Node]) -> Iterator[Node]:
    """The parts of a whole; a whole within it is no more than its own parts."""
    for node in nodes:
        if isinstance(node, Every):
            yield from flat(node.nodes)
        else:
            yield node


def wished_for(nodes: Sequence[Node]) -> list[Node]:
    """The small words, if anything else that is said stands beside them."""
    small: list[Node] = [node for node in nodes if _is_small(node)]
    others = (node for node in nodes if not _is_small(node))
    return small if any(any(True for _ in spoken(node)) for node in others) else []


def insisted_on(nodes: Iterable[Node]) -> list[Node]:
    """All other parts of a whole."""
    parts = list(flat(nodes))
    wished = wished_for(parts)
    return [part for part in parts if part not in wished]


def _is_small(node: Node) -> bool:
    return isinstance(node, Word) and analysis.is_small(node.text)
