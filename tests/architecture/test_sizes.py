"""Small is kept small by a machine, and every function has a room with a name."""

import ast
import re
from pathlib import Path

from tests.support.sources import files_in, python_files, short

MOST_LINES = 400
# Migrations are written by a tool, once: the first one makes every table.
CODE = ("forum", "templates", "static", "tests", "tools", "bench")
ENDINGS = (".py", ".html", ".txt", ".xml", ".css", ".js", ".mjs", ".sh")
# Texts and tables that people read from top to bottom, not code.
DATA_FOLDERS = {"data", "demo_community", "translations"}
# A function that would live here is missing its noun.
ROOMS_WITHOUT_A_NAME = {"utils", "util", "helpers", "helper", "common", "misc", "base"}
ALLOWED_ROOMS = {"forum/importers/base.py"}


def test_no_file_passes_400_lines():
    sizes = {short(path): len(path.read_text("utf-8").splitlines()) for path in code_files()}

    too_long = {name: lines for name, lines in sizes.items() if lines > MOST_LINES}

    assert sizes
    assert too_long == {}


def test_no_module_is_a_drawer_for_odds_and_ends():
    drawers = [
        short(path)
        for path in files_in("forum", "tests", "tools", ending=".py")
        if path.stem in ROOMS_WITHOUT_A_NAME and short(path) not in ALLOWED_ROOMS
    ]

    assert drawers == []


def test_an_init_file_holds_one_docstring_and_nothing_else():
    wrong = [
        short(path)
        for path, tree in python_files("forum")
        if path.name == "__init__.py" and not is_one_docstring(tree)
    ]

    assert wrong == []


def test_every_package_of_the_forum_has_its_init_file():
    folders = {path.parent for path, _ in python_files("forum")}

    assert [short(folder) for folder in folders if not (folder / "__init__.py").exists()] == []


def test_nothing_is_left_for_later():
    later = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b|NotImplementedError|except[^:\n]*:\s*pass\b")

    left = [short(path) for path in code_files() if later.search(path.read_text("utf-8"))]

    assert [name for name in left if name != short(Path(__file__))] == []


def code_files() -> list[Path]:
    return [
        path
        for path in files_in(*CODE, ending=ENDINGS)
        if not DATA_FOLDERS.intersection(path.parts)
    ]


def is_one_docstring(tree: ast.Module) -> bool:
    return len(tree.body) == 1 and ast.get_docstring(tree) is not None
