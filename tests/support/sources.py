"""The project's own files, as tests about the code read them."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@cache
def files() -> tuple[Path, ...]:
    """Every file that is or would be committed."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    paths = (ROOT / name for name in listed.stdout.split("\0") if name)
    return tuple(sorted(path for path in paths if path.is_file()))


def files_in(*folders: str, ending: str | tuple[str, ...] = "") -> list[Path]:
    """The files in some of the project's folders, perhaps only those of a kind."""
    tops = [ROOT / folder for folder in folders]
    return [
        path
        for path in files()
        if path.name.endswith(ending) and any(path.is_relative_to(top) for top in tops)
    ]


def python_files(*folders: str) -> Iterator[tuple[Path, ast.Module]]:
    """Python files with their syntax trees."""
    for path in files_in(*folders, ending=".py"):
        yield path, ast.parse(path.read_text("utf-8"), str(path))


def short(path: Path) -> str:
    """A file's path as people say it, from the project's top."""
    return path.relative_to(ROOT).as_posix()
