"""Tables for spreadsheet programs: CSV of which no cell is taken for a formula."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

# What makes a program compute a cell instead of showing it.
_BEGIN_FORMULAS = ("=", "+", "-", "@", "\t", "\r")
_AS_TEXT = "'"
# By this mark they know that the file is in UTF-8.
_MARK = "\ufeff"


def written(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """The table as a file."""
    file = io.StringIO(newline="")
    table = csv.writer(file)
    table.writerow(head)
    table.writerows([_harmless(str(cell)) for cell in row] for row in rows)
    return _MARK + file.getvalue()


def read(text: str) -> Iterator[dict[str, str]]:
    """The rows of a file by the names in its first line, with commas or semicolons between cells.

    Raises `csv.Error` when it is no table.
    """
    text = text.removeprefix(_MARK)
    head = text.partition("\n")[0]
    delimiter = ";" if ";" in head and "," not in head else ","
    for row in csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
        yield {
            (name or "").strip().lower(): _plain(cell)
            for name, cell in row.items()
            if isinstance(cell, str)
        }


def _harmless(cell: str) -> str:
    return _AS_TEXT + cell if cell.lstrip().startswith(_BEGIN_FORMULAS) else cell


def _plain(cell: str) -> str:
    """A cell as it was before it was made harmless."""
    bare = cell.removeprefix(_AS_TEXT)
    return bare if bare.lstrip().startswith(_BEGIN_FORMULAS) else cell
