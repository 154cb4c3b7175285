"""Static files: read once at start, kept by browsers for ever under an address that changes with them.

They are answered before the application is asked: no session, no database, no language.
"""

import gzip
import hashlib
import mimetypes
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from werkzeug.http import parse_accept_header

PREFIX = "/static/"
STYLE_SHEET = "css/app.css"
FOR_EVER = "public, max-age=31536000, immutable"
ASK_AGAIN = "public, no-cache"
BUILD = re.compile(r"[0-9a-f]{12}")
COMMENT = re.compile(r"/\*.*?\*/\n*", re.DOTALL)
IMPORT = re.compile(r'^@import url\("([^"]+)"\)(?: layer\(([a-z]+)\))?;\n', re.MULTILINE)
COMPRESSED_ALREADY = {".woff2", ".png", ".jpg", ".webp", ".gz"}
TYPES = {".js": "text/javascript", ".mjs": "text/javascript", ".woff2": "font/woff2"}


@dataclass(frozen=True)
class Asset:
    """One file, as it is sent."""

    name: str
    content: bytes

    @cached_property
    def content_type(self) -> str:
        ending = Path(self.name).suffix
        kind = TYPES.get(ending) or mimetypes.guess_type(self.name)[0] or "application/octet-stream"
        is_text = kind.startswith("text/") or kind.endswith(("json", "xml"))
        return f"{kind}; charset=utf-8" if is_text else kind

    @cached_property
    def gzipped(self) -> bytes | None:
        """The content made smaller; None where that is no gain."""
        if Path(self.name).suffix in COMPRESSED_ALREADY or len(self.content) < 500:
            return None
        return gzip.compress(self.content, 9, mtime=0)

    @cached_property
    def tag(self) -> str:
        return f'"{hashlib.sha256(self.content).hexdigest()[:16]}"'


class Assets:
    """Every file of a folder in memory, and the build: a name for what they all hold together."""

    def __init__(self, folder: Path) -> None:
        contents = {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in sorted(folder.rglob("*"))
            if path.is_file() and not path.name.startswith(".")
        }
        if STYLE_SHEET in contents:
            contents[STYLE_SHEET] = joined(STYLE_SHEET, contents)
        self.files = {name: Asset(name, content) for name, content in contents.items()}
        tags = "".join(f"{name}{asset.tag}" for name, asset in self.files.items())
        self.build = hashlib.sha256(tags.encode()).hexdigest()[:12]

    def path(self, name: str) -> str:
        """The address of a file, good for ever: another content has another address."""
        return f"{PREFIX}{self.build}/{name}"

    def text(self, name: str) -> str:
        """What a text file holds."""
        return self.files[name].content.decode()

    def wrap(self, application: WSGIApplication) -> WSGIApplication:
        """The application, with the addresses under /static/ answered before it."""

        def answer(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
            path = environ.get("PATH_INFO", "")
            if path.startswith(PREFIX) and environ["REQUEST_METHOD"] in ("GET", "HEAD"):
                return self.answer(path.removeprefix(PREFIX), environ, start)
            return application(environ, start)

        return answer

    def answer(self, name: str, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        build, _, rest = name.partition("/")
        # A page from before an update asks by its old build: it gets what we have, but keeps nothing.
        asset = self.files.get(rest if BUILD.fullmatch(build) else name)
        if asset is None:
            return _not_found(start)
        headers = [
            ("Content-Type", asset.content_type),
            ("Cache-Control", FOR_EVER if build == self.build else ASK_AGAIN),
            ("ETag", asset.tag),
            ("Vary", "Accept-Encoding"),
            ("X-Content-Type-Options", "nosniff"),
        ]
        if environ.get("HTTP_IF_NONE_MATCH") == asset.tag:
            start("304 Not Modified", headers)
            return []
        content = asset.content
        if asset.gzipped and _accepts_gzip(environ):
            content = asset.gzipped
            headers.append(("Content-Encoding", "gzip"))
        headers.append(("Content-Length", str(len(content))))
        start("200 OK", headers)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [content]


def joined(name: str, contents: dict[str, bytes]) -> bytes:
    """A style sheet with its imports written in their places, each in its layer, without comments."""
    folder = name.rpartition("/")[0]

    def written_out(found: re.Match[str]) -> str:
        imported, layer = found.groups()
        text = contents[f"{folder}/{imported}"].decode()
        return f"@layer {layer} {{\n{text}}}\n" if layer else text

    return COMMENT.sub("", IMPORT.sub(written_out, contents[name].decode())).encode()


def _accepts_gzip(environ: WSGIEnvironment) -> bool:
    accepted = environ.get("HTTP_ACCEPT_ENCODING", "")
    return "gzip" in accepted and parse_accept_header(accepted).quality("gzip") > 0


def _not_found(start: StartResponse) -> Iterable[bytes]:
    start("404 Not Found", [("Content-Type", "text/plain"), ("Cache-Control", "no-store")])
    return [b"Not found\n"]
