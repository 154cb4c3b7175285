"""Bytes of unknown origin to text: what was declared, else what fits."""

import codecs
import re

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|[\ud800-\udfff]")
# Programs that said one thing and wrote another.
_MEANT = {"us-ascii": "ascii", "iso-8859-1": "cp1252", "latin-1": "cp1252", "x-unknown": "utf-8"}


def decode(content: bytes, declared: str = "") -> tuple[str, bool]:
    """The text, and whether it had to be read otherwise than declared."""
    name = _known(_MEANT.get(declared.lower().strip(), declared))
    if name:
        try:
            return clean(content.decode(name)), False
        except (UnicodeDecodeError, ValueError):
            return clean(_guessed(content)), True
    return clean(_guessed(content)), bool(declared)


def clean(text: str) -> str:
    """The text with plain line ends, without what no database and no page can hold."""
    return _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _known(name: str) -> str:
    try:
        # Codecs such as `hex` or `zip` turn no bytes into text.
        info = codecs.lookup(name)
    except (LookupError, ValueError):
        return ""
    return info.name if info._is_text_encoding else ""


def _guessed(content: bytes) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")
