"""Tokens put right: what has no partner or no sense is left out, so that reading never fails."""

from collections.abc import Iterator, Sequence

from forum.core.i18n import _, ngettext
from forum.search import settings
from forum.search.grammar.reading import Reading
from forum.search.grammar.tokens import JOINING, SOUGHT, Sort, Token

_ENDS = {*SOUGHT, Sort.CLOSE}
_BEGINS = {*SOUGHT, Sort.OPEN, Sort.NOT}


def put_right(tokens: Iterator[Token], reading: Reading) -> list[Token]:
    """The tokens that can be read, with all they need; the others are explained."""
    few = _few(tokens, reading)
    paired = _paired(few, reading)
    return _partnered(paired, reading)


def without(tokens: Sequence[Token], number: int) -> tuple[int, int]:
    """From where to where to take out a token, with all that would have no partner then."""
    first = last = number
    while True:
        while _sort(tokens, first - 1) is Sort.NOT:
            first -= 1
        before, after = _sort(tokens, first - 1), _sort(tokens, last + 1)
        if before is not Sort.OPEN or after not in {Sort.CLOSE, None}:
            break
        first, last = first - 1, min(last + 1, len(tokens) - 1)
    begins, ends = before in {Sort.OPEN, None}, after in {Sort.CLOSE, None}
    if before in JOINING and after in JOINING:
        # AND holds its two sides closer together than OR does, so it is the one to go.
        first, last = (first, last + 1) if before is Sort.OR else (first - 1, last)
    elif before in JOINING and ends:
        first -= 1
    elif after in JOINING and begins:
        last += 1
    return tokens[first].start, tokens[last].end


def _sort(tokens: Sequence[Token], place: int) -> Sort | None:
    return tokens[place].sort if 0 <= place < len(tokens) else None


def _few(tokens: Iterator[Token], reading: Reading) -> list[Token]:
    """As many words and operators as a query may have."""
    most, count = settings.MOST_PARTS(), 0
    kept: list[Token] = []
    for token in tokens:
        count += token.sort in SOUGHT
        if count > most:
            message = ngettext(
                "A query has at most %(count)s word; the rest was left out.",
                "A query has at most %(count)s words; the rest was left out.",
                most,
            )
            reading.explain(token.start, len(reading.text), message)
            break
        kept.append(token)
    return kept


def _paired(tokens: Sequence[Token], reading: Reading) -> list[Token]:
    """Without parentheses that close nothing, hold nothing or lie too deep.

    What is not closed reaches to the end.
    """
    kept: list[Token] = []
    opened: list[int] = []  # where in `kept` the open ones are
    for token in tokens:
        if token.sort is Sort.OPEN:
            opened.append(len(kept))
        elif token.sort is Sort.CLOSE:
            if not opened:
                reading.explain(token.start, token.end, _("This parenthesis closes none."))
                continue
            begun = opened.pop()
            fault = _fault(kept, begun, len(opened))
            if fault:
                reading.explain(kept[begun].start, token.end, fault)
                del kept[begun:]
                continue
        kept.append(token)
    if opened:
        begun = opened[min(len(opened), settings.DEEPEST()) - 1]
        message = _("This parenthesis is not closed; it reaches to the end.")
        reading.explain(kept[begun].start, len(reading.text), message)
        del kept[opened[settings.DEEPEST()] if len(opened) > settings.DEEPEST() else len(kept) :]
    return kept


def _fault(kept: Sequence[Token], begun: int, depth: int) -> str:
    deepest = settings.DEEPEST()
    if begun == len(kept) - 1:
        return _("There is nothing between these parentheses.")
    if depth >= deepest:
        return ngettext(
            "Parentheses lie at most %(count)s deep; these were left out.",
            "Parentheses lie at most %(count)s deep; these were left out.",
            deepest,
        )
    return ""


def _partnered(tokens: Sequence[Token], reading: Reading) -> list[Token]:
    """Without joining words that have nothing on one of their sides."""
    kept: list[Token] = []
    for token in reversed(tokens):  # what comes after
        after = kept[-1].sort if kept else None
        if token.sort in {*JOINING, Sort.NOT} and after not in _BEGINS:
            _explain_alone(token, reading)
        else:
            kept.append(token)
    partnered: list[Token] = []
    for token in reversed(kept):  # what comes before
        before = partnered[-1].sort if partnered else None
        if token.sort in JOINING and before not in _ENDS:
            _explain_alone(token, reading)
        else:
            partnered.append(token)
    return partnered


def _explain_alone(token: Token, reading: Reading) -> None:
    word = reading.text[token.start : token.end]
    message = (
        _("“%(word)s” stands before what is not wanted, and nothing follows it.", word=word)
        if token.sort is Sort.NOT
        else _("“%(word)s” joins what stands on both its sides, and one is empty.", word=word)
    )
    reading.explain(token.start, token.end, message)
