"""Plain-text mail to safe HTML: quoted text folded under who wrote it, the signature dimmed."""

import re
from dataclasses import dataclass, field
from itertools import groupby, zip_longest
from typing import NamedTuple

from forum.core.markup.cooked import Cooked
from forum.core.markup.paragraphs import blocks, escape, kept_lines
from forum.core.markup.sanitize import sanitize

_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]|[\ud800-\udfff]")
# `>`, with the initials of whoever is quoted, `|>`, and the `: ` and `| ` of older programs; a line
# that ends in `|` is a row of a table.
_QUOTED = re.compile(r" ?(?:(?:(?:[A-Z]{2,3})?\|?>|:(?=[ :]|$)|\|(?= [^|]*$)) ?)+")
_MARK = re.compile(r"\|?>|[:|]")
_DEEPEST = 5
# A few quoted lines stand open: the answer below is about them.
_FEW_LINES = 4
# Nobody answers five hundred quotations; whoever alternates them faster is attacking us.
_MOST_RUNS = 500

_SIGNATURE_MARKS = ("-- ", "--")
_LONGEST_SIGNATURE = 16

_SAYS = re.compile(
    r"\b(?:writes?|wrote|said|says|wrote in message|a écrit|écrit|écrivait)\b[^\w]{0,12}$",
    re.IGNORECASE,
)
_SOURCE = re.compile(r"(?:In (?:article|message)|On|Le|From)\b", re.IGNORECASE)
_MESSAGE_ID = re.compile(r"(?:In (?:article|message) )?<[^<>\s]{1,200}>,?\s*", re.IGNORECASE)
_ADDRESS_AND_NAME = re.compile(r"[^\s@]{1,100}@[^\s@]{1,100} \(([^()]{2,60})\)")
_LONGEST_SUMMARY = 140


class _Line(NamedTuple):
    depth: int
    text: str


@dataclass
class _Spoken:
    """Plain text gathered on the way: the author's own words, and those of others."""

    own: list[str] = field(default_factory=list)
    quoted: list[str] = field(default_factory=list)
    links: dict[str, None] = field(default_factory=dict)


def cook_mail(text: str) -> Cooked:
    """Cooks the body of a plain-text message; never fails, whatever it holds."""
    lines = _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).split("\n")
    body, signature = _without_signature(lines)
    spoken = _Spoken()
    html = _body(_measured(body), spoken)
    if signature:
        html += f'<div class="signature">{kept_lines(signature, {})}</div>'
    own = "\n".join(spoken.own)
    return Cooked(
        html=sanitize(html),
        text=own or "\n".join(spoken.quoted),
        search_text=own,
        links=tuple(spoken.links),
    )


def _without_signature(lines: list[str]) -> tuple[list[str], list[str]]:
    """The body, and what follows the last signature mark where it is short enough to be one."""
    for index in range(len(lines) - 1, -1, -1):
        if lines[index] in _SIGNATURE_MARKS:
            signature = [line for line in lines[index + 1 :] if line.strip()]
            is_one = 0 < len(signature) <= _LONGEST_SIGNATURE
            return (lines[:index], signature) if is_one else (lines, [])
    return lines, []


def _measured(lines: list[str]) -> list[_Line]:
    """Each line with its depth of quoting; an empty line between quoted ones belongs to them."""
    measured: list[_Line] = []
    pending = 0
    for line in lines:
        if not line or line.isspace():
            pending += 1
            continue
        mark = _QUOTED.match(line)
        depth = min(len(_MARK.findall(mark.group())), _DEEPEST) if mark else 0
        between = min(depth, measured[-1].depth) if measured else 0
        measured += [_Line(between, "")] * pending
        pending = 0
        measured.append(_Line(depth, line[mark.end() :] if mark else line))
    return measured


def _body(lines: list[_Line], spoken: _Spoken) -> str:
    parts: list[str] = []
    runs = _runs(lines)
    attribution = ""
    for run, following in zip_longest(runs, runs[1:]):
        if run[0].depth > 0:
            parts.append(_folded(run, attribution, spoken))
            attribution = ""
            continue
        own = [line.text for line in run]
        if following and following[0].depth > 0:
            own, attribution = _without_attribution(own)
        spoken.own += [text.strip() for text in own if text]
        parts.append(blocks(own, spoken.links))
    return "".join(parts)


def _runs(lines: list[_Line]) -> list[list[_Line]]:
    """The author's own lines and quoted ones in turn; beyond the limit all that is left, as typed."""
    runs = [list(run) for _, run in groupby(lines, key=lambda line: line.depth > 0)]
    if len(runs) <= _MOST_RUNS:
        return runs
    rest = [_Line(0, "> " * line.depth + line.text) for run in runs[_MOST_RUNS:] for line in run]
    return [*runs[:_MOST_RUNS], rest]


def _without_attribution(lines: list[str]) -> tuple[list[str], str]:
    """The lines, and the "… writes:" at their end, which may run over two of them."""
    last = len(lines) - 1
    while last > 0 and not lines[last]:
        last -= 1
    if not _SAYS.search(lines[last].rstrip()[-40:]):
        return lines, ""
    first = last
    if last and not _SOURCE.match(lines[last].strip()) and _SOURCE.match(lines[last - 1].strip()):
        first -= 1
    return lines[:first], " ".join(line.strip() for line in lines[first : last + 1])


def _folded(run: list[_Line], attribution: str, spoken: _Spoken) -> str:
    texts = [line.text.strip() for line in run if line.text]
    spoken.quoted += texts
    opened = " open" if len(texts) <= _FEW_LINES else ""
    return (
        f'<details class="quoted"{opened}><summary>{escape(_summary(attribution))}</summary>'
        f"{_levels(run, 1)}</details>"
    )


def _summary(attribution: str) -> str:
    """Who wrote it, without message ids and mail addresses where there is a name."""
    who = _ADDRESS_AND_NAME.sub(r"\1", _MESSAGE_ID.sub("", attribution[:500])).strip()
    return who[:_LONGEST_SUMMARY] or "…"


def _levels(run: list[_Line], level: int) -> str:
    parts = [
        _levels(list(lines), level + 1) if is_deeper else blocks([line.text for line in lines], {})
        for is_deeper, lines in groupby(run, key=lambda line: line.depth > level)
    ]
    return f"<blockquote>{''.join(parts)}</blockquote>"
