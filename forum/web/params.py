"""What a request says: one type a parameter, whether it came as a form, as JSON or in the address.

    given = params()
    given.text("title", longest=255)         title=…  or {"title": "…"}
    given.text("post[raw]", longest=32_768)  post[raw]=…  or {"post": {"raw": "…"}}
    given.texts("tags")                      tags[]=a&tags[]=b  or {"tags": ["a", "b"]}  or tags=a,b
    given.mapping("permissions")             permissions[staff]=1  or {"permissions": {"staff": 1}}

Anything else raises `Invalid` with the name of the parameter. `null` is the same as absent.
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, Final, TypeVar

from flask import request

from forum.core.errors import Invalid
from forum.core.i18n import _

Default = TypeVar("Default")

REQUIRED: Final[Any] = object()
LONGEST = 1_000
MOST_VALUES = 200
# What a database keeps in an integer column, whichever it is.
LARGEST = 2**31 - 1

_NAME_PARTS = re.compile(r"[^\[\]]+")
_INTEGER = re.compile(r"[+-]?[0-9]{1,10}")
_TRUTHS = {
    **dict.fromkeys(("true", "t", "1", "on", "yes"), True),
    **dict.fromkeys(("false", "f", "0", "off", "no", ""), False),
}


class Params:
    """The parameters of one request, read by type."""

    def __init__(self, fields: Mapping[str, list[str]] | None = None, document: Any = None) -> None:
        self._fields = fields or {}
        self._document = document or {}

    def given(self, name: str) -> bool:
        """Whether the parameter is there at all."""
        return (
            self._find(name) is not None
            or f"{name}[]" in self._fields
            or any(field.startswith(f"{name}[") for field in self._fields)
        )

    def text(
        self, name: str, default: Default = REQUIRED, *, longest: int = LONGEST
    ) -> str | Default:
        """A text of at most `longest` characters; line ends are those of Unix."""
        value = self._single(name)
        if value is None:
            return self._missing(name, default)
        if not isinstance(value, str):
            raise _wrong(name, _("“%(name)s” must be a text.", name=name))
        return _checked(name, value, longest)

    def integer(
        self,
        name: str,
        default: Default = REQUIRED,
        *,
        least: int = 0,
        most: int = LARGEST,
    ) -> int | Default:
        """A whole number between `least` and `most`; an empty field counts as absent."""
        value = self._single(name)
        if value is None or value == "":
            return self._missing(name, default)
        number = _whole(value)
        if number is None:
            raise _wrong(name, _("“%(name)s” must be a whole number.", name=name))
        if not least <= number <= most:
            raise _wrong(
                name,
                _(
                    "“%(name)s” must lie between %(least)s and %(most)s.",
                    name=name,
                    least=least,
                    most=most,
                ),
            )
        return number

    def day(self, name: str, default: Default = REQUIRED) -> date | Default:
        """A day written as 2026-11-23."""
        written = self.text(name, "", longest=10)
        if not written:
            return self._missing(name, default)
        try:
            return date.fromisoformat(written)
        except ValueError as error:
            raise _wrong(name, _("“%(name)s” must be a day.", name=name)) from error

    def truth(self, name: str, default: bool = False) -> bool:  # noqa: FBT001, FBT002
        """A yes or a no; an unticked box sends nothing and takes the default."""
        value = self._single(name)
        if value is None:
            return default
        if isinstance(value, bool):
            return value
        known = _TRUTHS.get(value.lower()) if isinstance(value, str) else None
        if known is None:
            raise _wrong(name, _("“%(name)s” must be true or false.", name=name))
        return known

    def texts(self, name: str, *, longest: int = LONGEST, most: int = MOST_VALUES) -> list[str]:
        """Several texts: a list, a name sent several times, or one text with commas."""
        values = self._find(name)
        if values is None:
            values = self._fields.get(f"{name}[]", [])
        elif isinstance(values, str) or (name in self._fields and len(values) == 1):
            whole = values if isinstance(values, str) else values[0]
            values = [part.strip() for part in _checked(name, whole, longest * most).split(",")]
        if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
            raise _wrong(name, _("“%(name)s” must be a list of texts.", name=name))
        kept = [value for value in values if value]
        if len(kept) > most:
            raise _wrong(name, _("“%(name)s” holds too many values.", name=name))
        return [_checked(name, value, longest) for value in kept]

    def mapping(
        self, name: str, *, longest: int = LONGEST, most: int = MOST_VALUES
    ) -> dict[str, str]:
        """Names and their values, both as texts; whole numbers are written out."""
        found = self._document_at(name)
        if found is None:
            found = self._fields_below(name)
        if not isinstance(found, dict) or len(found) > most:
            raise _wrong(name, _("“%(name)s” must be a set of names and values.", name=name))
        pairs = {}
        for key, value in found.items():
            written = str(value) if _whole(value) is not None else value
            if not isinstance(written, str):
                raise _wrong(name, _("“%(name)s” must be a set of names and values.", name=name))
            pairs[_checked(name, key, longest)] = _checked(name, written, longest)
        return pairs

    def document(self, name: str) -> dict[str, Any]:
        """An object as it was sent, for those who keep it as it is."""
        found = self._document_at(name)
        if not isinstance(found, dict):
            raise _wrong(name, _("“%(name)s” must be a set of names and values.", name=name))
        return found

    def _single(self, name: str) -> Any:
        value = self._find(name)
        if isinstance(value, list) and name in self._fields and self._document_at(name) is None:
            if len(value) > 1:
                raise _wrong(name, _("“%(name)s” is there twice.", name=name))
            return value[0]
        if value is None and f"{name}[]" in self._fields:
            raise _wrong(name, _("“%(name)s” is there twice.", name=name))
        return value

    def _find(self, name: str) -> Any:
        value = self._document_at(name)
        return self._fields.get(name) if value is None else value

    def _document_at(self, name: str) -> Any:
        if name in self._document:
            return self._document[name]
        value = self._document
        for part in _NAME_PARTS.findall(name):
            value = value.get(part) if isinstance(value, dict) else None
        return value

    def _fields_below(self, name: str) -> dict[str, str]:
        found = {}
        for field, values in self._fields.items():
            if field.startswith(f"{name}[") and field.endswith("]"):
                if len(values) > 1:
                    raise _wrong(name, _("“%(name)s” is there twice.", name=field))
                found[field[len(name) + 1 : -1]] = values[0]
        return found

    def _missing(self, name: str, default: Default) -> Default:
        if default is REQUIRED:
            raise _wrong(name, _("“%(name)s” is missing.", name=name))
        return default


def params() -> Params:
    """What this request says: its body, and what only the address says."""
    fields = {name: request.args.getlist(name) for name in request.args}
    if request.is_json:
        return Params(fields, _document())
    return Params(fields | {name: request.form.getlist(name) for name in request.form})


def _document() -> dict[str, Any]:
    try:
        document = request.get_json()
    except RecursionError as error:
        raise Invalid(_("This request could not be read.")) from error
    if not isinstance(document, dict):
        raise Invalid(_("This request could not be read."))
    return document


def _checked(name: str, value: str, longest: int) -> str:
    value = value.replace("\r\n", "\n")
    if len(value) > longest:
        message = _("“%(name)s” is longer than %(count)s characters.", name=name, count=longest)
        raise _wrong(name, message)
    # No database keeps a NUL or half of a surrogate pair.
    if "\0" in value or any("\ud800" <= character <= "\udfff" for character in value):
        raise _wrong(name, _("“%(name)s” holds a character that cannot be kept.", name=name))
    return value


def _whole(value: Any) -> int | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value
    if isinstance(value, str) and _INTEGER.fullmatch(value.strip()):
        return int(value)
    return None


def _wrong(name: str, message: str) -> Invalid:
    return Invalid(message, field=name)
