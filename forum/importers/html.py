"""The small HTML of exports and mails to Markdown or plain text; never fails, whatever it holds."""

import re
from html.parser import HTMLParser

from forum.importers.markdown import (
    BEGIN,
    END,
    LEFT_MARK,
    escape_beginnings,
    escape_signs,
    settle_emphasis,
)

_SILENT = {"script", "style", "head", "title", "template", "noscript", "iframe", "object", "svg"}
_PARAGRAPHS = {"p", "div", "section", "article", "header", "footer", "table", "tr", "dl", "dd", "dt",
               "figure", "main", "form", "fieldset", "address", "center"}  # fmt: skip
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_EMPHASIS = {"strong": "**", "b": "**", "em": "*", "i": "*", "s": "~~", "del": "~~", "strike": "~~"}
_SPACE = re.compile(r"[ \t\r\n\f]+")


def to_markdown(html: str) -> str:
    """The text with its paragraphs, lists, quotes, links and emphasis."""
    return _walk(html, _Markdown())


def to_text(html: str) -> str:
    """The words with their paragraphs, and lists as dashes."""
    return _walk(html, _PlainText())


def _walk(html: str, walker: "_Walker") -> str:
    walker.feed(html)
    walker.close()
    return walker.result()


class _Walker(HTMLParser):
    """Writes blocks one after the other; subclasses say how an inline mark is written."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[tuple[str, bool]] = []  # text, and whether it follows an item of its list
        self.fresh = False  # a list has begun and has no item yet
        self.words: list[str] = []
        self.lists: list[int | None] = []  # the next number, or None in a list of dots
        self.widths: list[int] = []  # of the marks before the items of the open lists
        self.item = ""
        self.quotes = 0
        self.silent = 0
        self.heading = 0
        self.preformatted = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self.silent += 1
        elif tag in _PARAGRAPHS:
            self.end_block()
        elif tag in _HEADINGS:
            self.end_block()
            self.heading = _HEADINGS[tag]
        elif tag == "br":
            self.words.append("\n")
        elif tag == "hr":
            self.end_block()
            self.write("---")
        elif tag in ("ul", "ol"):
            self.end_block()
            self.open_list(1 if tag == "ol" else None)
        elif tag == "li":
            self.end_block()
            self.item = self.next_mark()
        elif tag == "blockquote":
            self.end_block()
            self.quotes += 1
        elif tag == "pre":
            self.end_block()
            self.preformatted += 1
        else:
            self.open_inline(tag, dict(attrs))

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self.silent = max(0, self.silent - 1)
        elif tag in _PARAGRAPHS or tag == "li":
            self.end_block()
            self.item = "" if tag == "li" else self.item
        elif tag in _HEADINGS:
            self.end_block()
            self.heading = 0
        elif tag in ("ul", "ol"):
            self.end_block()
            if self.lists:
                self.lists.pop()
                self.widths.pop()
        elif tag == "blockquote":
            self.end_block()
            self.quotes = max(0, self.quotes - 1)
        elif tag == "pre":
            self.end_block()
            self.preformatted = max(0, self.preformatted - 1)
        else:
            self.close_inline(tag)

    def handle_data(self, data: str) -> None:
        if not self.silent:
            text = data if self.preformatted else _SPACE.sub(" ", data)
            self.words.append(self.written(LEFT_MARK.sub("", text)))

    def result(self) -> str:
        self.end_block()
        parts: list[str] = []
        for block, follows in self.blocks:
            parts += ("\n" if follows else "\n\n", block)
        return "".join(parts).strip()

    def end_block(self) -> None:
        """Close what was being written, if it says anything."""
        text = self.finished("".join(self.words))
        self.words.clear()
        if text:
            self.write(text)

    def write(self, text: str) -> None:
        outer = " " * sum(self.widths[:-1])
        inner = " " * sum(self.widths)
        is_item, mark = bool(self.item), self.item.ljust(self.widths[-1] if self.widths else 0)
        self.item = ""
        lines = text.split("\n")
        body = [outer + mark + lines[0] if is_item else inner + lines[0]]
        body += [inner + line for line in lines[1:]]
        quote = "> " * self.quotes
        self.blocks.append(
            ("\n".join((quote + line).rstrip() for line in body), is_item and not self.fresh)
        )
        self.fresh = self.fresh and not is_item

    def next_mark(self) -> str:
        if not self.lists:
            self.open_list(None)
        number = self.lists[-1]
        if number is None:
            return "- "
        self.lists[-1] = number + 1
        mark = f"{number}. "
        self.widths[-1] = len(mark)
        return mark

    def open_list(self, first: int | None) -> None:
        self.fresh = not self.lists
        self.lists.append(first)
        self.widths.append(2 if first is None else 3)

    def finished(self, text: str) -> str:
        if self.preformatted:
            return text.strip("\n")
        lines = [_SPACE.sub(" ", line).strip() for line in text.split("\n")]
        return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")

    def written(self, text: str) -> str:
        return text

    def open_inline(self, tag: str, attributes: dict[str, str | None]) -> None:
        """A mark inside a line begins."""

    def close_inline(self, tag: str) -> None:
        """It ends."""


class _PlainText(_Walker):
    """Words and paragraphs."""


class _Markdown(_Walker):
    """The same with Markdown's own marks."""

    def __init__(self) -> None:
        super().__init__()
        self.targets: list[str] = []
        self.code: int | None = None  # where in the words it begins

    def written(self, text: str) -> str:
        return text if self.preformatted or self.code is not None else escape_signs(text)

    def open_inline(self, tag: str, attributes: dict[str, str | None]) -> None:
        if tag in _EMPHASIS:
            self.words.append(BEGIN + _EMPHASIS[tag])
        elif tag == "a":
            target = (attributes.get("href") or "").strip()
            self.targets.append(target if _is_web(target) else "")
            self.words.append("[" if self.targets[-1] else "")
        elif tag == "img":
            self.words.append(_picture(attributes))
        elif tag == "code" and not self.preformatted:
            self.code = len(self.words)

    def close_inline(self, tag: str) -> None:
        if tag in _EMPHASIS:
            self.words.append(END + _EMPHASIS[tag])
        elif tag == "a" and self.targets:
            target = self.targets.pop()
            self.words.append(f"](<{target}>)" if target else "")
        elif tag == "code" and self.code is not None:
            self.words[self.code :] = [_code("".join(self.words[self.code :]))]
            self.code = None

    def end_block(self) -> None:
        self.close_inline("code")  # it may have been left open
        super().end_block()

    def finished(self, text: str) -> str:
        text = super().finished(text)
        if self.preformatted:
            return f"```\n{text}\n```" if text else ""
        text = settle_emphasis(text)
        text = escape_beginnings(text)
        text = re.sub(r"\[\s*\]\(<[^>]*>\)", "", text)
        if self.heading and text:
            return f"{'#' * min(6, self.heading + 1)} {' '.join(text.split())}"
        return text.strip("\n")


def _code(text: str) -> str:
    """Code inside a line, in marks that it does not hold itself."""
    text = LEFT_MARK.sub("", text)
    longest = max((len(marks) for marks in re.findall("`+", text)), default=0)
    marks, space = "`" * (longest + 1), " " * (longest > 0)
    return f"{marks}{space}{text.strip()}{space}{marks}" if text.strip() else ""


def _is_web(target: str) -> bool:
    plain = target.lower()
    return plain.startswith(("http://", "https://", "mailto:")) and not set(target) & set("<>\n ")


def _picture(attributes: dict[str, str | None]) -> str:
    """A picture elsewhere is a link: the forum fetches nothing from other houses."""
    source = (attributes.get("src") or "").strip()
    label = " ".join((attributes.get("alt") or "").split()) or source.rsplit("/", 1)[-1]
    return f"[{escape_signs(label)}](<{source}>)" if _is_web(source) else ""
