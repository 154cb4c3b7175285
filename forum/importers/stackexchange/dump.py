"""The files of a dump: one table each, a line of XML a row, packed or not."""

import gzip
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Any
from xml.parsers import expat

from forum.core.i18n import _

Row = Mapping[str, str]
_AT_ONCE = 1 << 16


class Broken(Exception):
    """The rest of a file cannot be read; the message says why."""


class Missing(Exception):
    """The dump lacks a table; the message says which."""


class _Declares(Exception):
    """The file declares a document type, as no dump does."""


def rows(folder: Path, table: str) -> Iterator[Row]:
    """The rows of a table in order; raises `Broken` where it cannot go on, `Missing` if it is not there."""
    plain, packed = folder / f"{table}.xml", folder / f"{table}.xml.gz"
    if plain.is_file():
        with plain.open("rb") as file:
            yield from _parsed(file)
    elif packed.is_file():
        with gzip.open(packed) as file:
            yield from _parsed(file)
    else:
        raise Missing(_("There is no %(name)s in this folder.", name=plain.name))


def _parsed(file: gzip.GzipFile | IO[bytes]) -> Iterator[Row]:
    """Row by row, never the whole: dumps are larger than memory. Entities cannot be declared."""
    found: list[Row] = []
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse
    parser.StartElementHandler = lambda name, row: found.append(row) if name == "row" else None
    try:
        while piece := file.read(_AT_ONCE):
            parser.Parse(piece, False)
            yield from found
            found.clear()
        parser.Parse(b"", True)
    except _Declares as reason:
        raise Broken(_("It declares a document type.")) from reason
    except expat.ExpatError as error:
        yield from found
        raise Broken(_("Line %(number)s is not XML.", number=error.lineno)) from error
    except (OSError, EOFError) as error:
        raise Broken(_("The packed file breaks off; the rest is lost.")) from error
    yield from found


def _refuse(*_what: Any) -> None:
    raise _Declares
