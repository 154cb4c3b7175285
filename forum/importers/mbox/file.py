"""An mbox, packed or not, read message by message wherever they stand."""

import gzip
import mmap
import re
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

_GZIP_MAGIC = b"\x1f\x8b"
_PART = 1 << 16
# A separator has a time of day and a header below it: a sentence that begins with "From " has not.
_SEPARATOR = re.compile(rb"(?m)^From [^\r\n]*[0-9]:[0-9][^\r\n]*\r?\n(?=[!-9;-~]+:)")
_QUOTED_FROM = re.compile(rb"(?m)^>(>*From )")


class MailFile:
    """The messages of an mbox as byte ranges; nothing but the asked one is held in memory."""

    def __init__(self, content: mmap.mmap | bytes, *, complete: bool = True) -> None:
        self._content = content
        found = list(_SEPARATOR.finditer(content))
        starts = [mark.start() for mark in found]
        ends = [*starts[1:], len(content)]
        self._ranges = [(mark.end(), end) for mark, end in zip(found, ends, strict=False)]
        self.complete = complete

    def __len__(self) -> int:
        return len(self._ranges)

    def __getitem__(self, index: int) -> bytes:
        """A message as it was sent."""
        start, end = self._ranges[index]
        return _QUOTED_FROM.sub(rb"\1", self._content[start:end])

    def head(self, index: int) -> bytes:
        """Its headers alone, which is all that threading needs."""
        start, end = self._ranges[index]
        blank = self._content.find(b"\n\n", start, end)
        bare = self._content.find(b"\n\r\n", start, end)
        ends = [position for position in (blank, bare) if position >= 0]
        return self._content[start : min(ends, default=end)]


@contextmanager
def open_mail_file(path: Path) -> Iterator[MailFile]:
    """The mbox at a path; a packed one is unpacked beside, for as long as it is read.

    A packed file that breaks off gives the messages before the break and is not `complete`.
    """
    with path.open("rb") as source, tempfile.TemporaryFile() as unpacked:
        packed = source.peek(2)[:2] == _GZIP_MAGIC
        complete = _unpack(source, unpacked) if packed else True
        readable: IO[bytes] = unpacked if packed else source
        readable.seek(0, 2)
        if readable.tell() == 0:
            yield MailFile(b"", complete=complete)
            return
        with mmap.mmap(readable.fileno(), 0, access=mmap.ACCESS_READ) as content:
            yield MailFile(content, complete=complete)


def _unpack(source: IO[bytes], target: IO[bytes]) -> bool:
    try:
        with gzip.GzipFile(fileobj=source) as packed:
            while part := packed.read1(_PART):  # what is read before a break is kept
                target.write(part)
    except (EOFError, zlib.error, gzip.BadGzipFile):
        target.flush()
        return False
    target.flush()
    return True
