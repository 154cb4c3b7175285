"""Pages by keyset: items and a cursor to what follows, never an offset."""

import base64
import binascii
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, UnaryExpression, literal, tuple_
from sqlalchemy.sql import operators

from forum.core.database import session
from forum.core.errors import NotFound

PAGE_SIZE = 30


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
) -> Page:
    """The `size` rows that follow a cursor. All columns of the order run the same way."""
    columns = [part.element for part in order]
    falling = order[0].modifier is operators.desc_op
    if after:
        place = tuple_(
            *(literal(v, c.type) for v, c in zip(_open(after, len(columns)), columns, strict=True))
        )
        statement = statement.where(
            tuple_(*columns) < place if falling else tuple_(*columns) > place
        )
    marked = statement.add_columns(*(column.label(f"_key_{n}") for n, column in enumerate(columns)))
    rows = session.execute(marked.order_by(*order).limit(size + 1)).all()
    width = len(statement.selected_columns) if not _is_entity(statement) else 1
    shown = rows[:size]
    items = [row[0] if width == 1 else row for row in shown]
    keys = [tuple(row[-len(columns) :]) for row in shown]
    return Page(items, _seal(keys[-1]) if len(rows) > size else None)


def _is_entity(statement: Select[Any]) -> bool:
    return len(statement.column_descriptions) == 1


def _seal(values: tuple[Any, ...]) -> str:
    plain = [v.isoformat() if isinstance(v, datetime) else v for v in values]
    kinds = "".join("t" if isinstance(v, datetime) else "v" for v in values)
    return base64.urlsafe_b64encode(json.dumps([kinds, *plain]).encode()).decode().rstrip("=")


def _open(cursor: str, width: int) -> list[Any]:
    try:
        kinds, *values = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        if len(values) != width or len(kinds) != width:
            raise ValueError("wrong width")
        return [
            datetime.fromisoformat(str(v)) if kind == "t" else v
            for kind, v in zip(kinds, values, strict=True)
            if isinstance(v, int | float | str)
        ]
    except (ValueError, TypeError, binascii.Error, UnicodeDecodeError) as error:
        raise NotFound from error
