"""Text as Markdown that shows it as it was, and emphasis where Markdown will see it."""

import re

_SPECIAL = re.compile(r"([\\`*_\[\]<~|@#])")
_OPENS_A_BLOCK = re.compile(r"(?m)^([ \t]*)(>|(?:[-+]|\d{1,9}[.)])(?=\s|$)|[-=]+(?=\s*$))")
_LOOKS_LIKE_CODE = re.compile(r"(?m)^[ \t]{4,}")
# Where emphasis begins and ends, until it is known whether it encloses anything.
BEGIN, END = "\x02", "\x03"
_MARKED = {
    mark: re.compile(
        f"{BEGIN}{re.escape(mark)}(?![*~])([^{BEGIN}{END}]*){END}{re.escape(mark)}(?![*~])"
    )
    for mark in ("**", "*", "~~")
}
LEFT_MARK = re.compile(f"[{BEGIN}{END}](?:\\*\\*|\\*|~~)?")


def escape_markdown(text: str) -> str:
    """Text in which Markdown finds nothing to draw; addresses stay links."""
    return escape_beginnings(escape_signs(_LOOKS_LIKE_CODE.sub("   ", text)))


def escape_signs(text: str) -> str:
    """The signs inside a line; those of addresses stay."""
    parts = re.split(r"((?:https?://|www\.)[^\s<>]+)", text)
    return "".join(
        part if index % 2 else _SPECIAL.sub(r"\\\1", part) for index, part in enumerate(parts)
    )


def escape_beginnings(text: str) -> str:
    """What would make a line a list, a quote, a title or a rule."""
    return _OPENS_A_BLOCK.sub(_with_backslash, text)


def _with_backslash(found: re.Match[str]) -> str:
    space, mark = found.groups()
    # Before the last sign: of a number its stop, of a row of dashes one of them.
    return f"{space}{mark[:-1]}\\{mark[-1]}"


def settle_emphasis(text: str) -> str:
    """Marks against their words: Markdown reads `** word **` as asterisks.

    A mark that stands alone in its paragraph, or encloses nothing, is dropped.
    """
    for _ in range(4):  # the innermost first
        for mark, pattern in _MARKED.items():
            parts = pattern.split(text)
            parts[1::2] = [_tight(mark, words) for words in parts[1::2]]
            text = "".join(parts)
    return LEFT_MARK.sub("", text)


def _tight(mark: str, words: str) -> str:
    inner = words.strip()
    if not inner or "\n\n" in inner:
        return words
    before = words[: len(words) - len(words.lstrip())]
    after = words[len(words.rstrip()) :]
    return f"{before}{mark}{inner}{mark}{after}"
