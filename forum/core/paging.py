"""Pages by keyset: items and a cursor to what follows, never an offset."""

import base64
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from math import isfinite
from typing import Any

from sqlalchemy import Select, UnaryExpression, literal, tuple_
from sqlalchemy.sql import operators

from forum.core.database import session
from forum.core.errors import NotFound

PAGE_SIZE = 30
# What a number and a text in a cursor may be, before any database is asked to compare with it.
LARGEST, LONGEST = 2**31 - 1, 300
_IS_SOUND: dict[type, Callable[[Any], bool]] = {
    datetime: lambda value: value.tzinfo is not None,
    int: lambda value: abs(value) <= LARGEST,
    float: isfinite,
    str: lambda value: value.isprintable() and len(value) <= LONGEST,
}


@dataclass(frozen=True)
class Page:
    """Some items in order; `cursor` asks for those that follow, and is None at the end."""

    items: Sequence[Any]
    cursor: str | None

    def __iter__(self) -> Iterator[Any]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)


def page(
    statement: Select[Any],
    *order: UnaryExpression[Any],
    after: str | None = None,
    size: int = PAGE_SIZE,
    given: Mapping[str, Any] | None = None,
) -> Page:
    """The `size` rows that follow a cursor. All columns of the order run the same way.

    `given` are parameters of a statement that is kept.
    """
    columns = [part.element for part in order]
    falling = order[0].modifier is operators.desc_op
    if after:
        place = tuple_(
            *(literal(v, c.type) for v, c in zip(_open(after, columns), columns, strict=True))
        )
        statement = statement.where(
            tuple_(*columns) < place if falling else tuple_(*columns) > place
        )
    rows = session.execute(_marked(statement, order, size + 1), given).all()
    alone = len(statement.column_descriptions) == 1
    shown = rows[:size]
    items = [row[0] if alone else row for row in shown]
    keys = [tuple(row[-len(columns) :]) for row in shown]
    return Page(items, _seal(keys[-1]) if len(rows) > size else None)


@lru_cache(maxsize=256)
def _marked(
    statement: Select[Any], order: Sequence[UnaryExpression[Any]], most: int
) -> Select[Any]:
    """In order and with its place in it; built once for a statement that is kept."""
    places = (part.element.label(f"_key_{n}") for n, part in enumerate(order))
    return statement.add_columns(*places).order_by(*order).limit(most)


def _seal(values: tuple[Any, ...]) -> str:
    plain = [v.isoformat() if isinstance(v, datetime) else v for v in values]
    return base64.urlsafe_b64encode(json.dumps(plain).encode()).decode().rstrip("=")


def _open(cursor: str, columns: Sequence[Any]) -> list[Any]:
    """What a cursor holds. It comes from outside, so it is taken for no more than it may be."""
    try:
        values = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        pairs = zip(values, columns, strict=True)
        return [_read(value, column.type.python_type) for value, column in pairs]
    except (ValueError, TypeError, RecursionError) as error:
        raise NotFound from error


def _read(value: Any, kind: type) -> Any:
    if kind is datetime:
        value = datetime.fromisoformat(value)
    if kind is float and type(value) is int:
        value = float(value)
    if type(value) is not kind or not _IS_SOUND[kind](value):
        raise ValueError("no place in this list")
    return value
