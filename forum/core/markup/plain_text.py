"""A parsed post as plain text, for excerpts and search."""

from collections.abc import Iterable

from markdown_it.token import Token

_SPOKEN = frozenset({"text", "text_special", "code_inline", "mention", "hashtag"})


def inline_text(children: Iterable[Token]) -> str:
    """What a reader reads of one paragraph; a picture is its description."""
    parts: list[str] = []
    for token in children:
        if token.type in _SPOKEN:
            parts.append(token.content)
        elif token.type in ("softbreak", "hardbreak"):
            parts.append("\n")
        elif token.type == "image":
            parts.append(inline_text(token.children or []))
    return "".join(parts)


def spoken(tokens: Iterable[Token]) -> tuple[str, str]:
    """The text for an excerpt, and the text for search.

    An excerpt leaves code and quoted posts out, unless the post holds nothing else; search leaves
    quoted posts out, for they are found where they were written.
    """
    prose: list[str] = []
    own: list[str] = []
    everything: list[str] = []
    depth = 0
    for token in tokens:
        depth += (token.type == "quote_open") - (token.type == "quote_close")
        if token.type == "inline":
            text, is_code = inline_text(token.children or []).strip(), False
        elif token.type in ("fence", "code_block"):
            text, is_code = token.content.strip(), True
        else:
            continue
        if not text:
            continue
        everything.append(text)
        if depth == 0:
            own.append(text)
            if not is_code:
                prose.append(text)
    return "\n".join(prose or everything), "\n".join(own)
