"""The repository works on any machine: nothing in it names this one, or where packages came from."""

import re

from tests.support.sources import files, short

SOMEBODYS_FOLDER = re.compile(r"(?<![\w.~-])/(?:work|root|home/\w+|Users/\w+|opt/\w+)/")
# Written in two halves, or this file would name them itself.
REGISTRIES = [
    f"{name}.{end}"
    for name, end in [
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("yarnpkg", "com"),
        ("deb.debian", "org"),
        ("unpkg", "com"),
        ("jsdelivr", "net"),
        ("cloudflare", "com"),
    ]
]
PICTURES = {".png", ".jpg", ".webp", ".gz", ".woff2", ".ico"}


def test_no_file_names_a_folder_of_one_machine():
    assert [name for name, text in texts() if SOMEBODYS_FOLDER.search(text)] == []


def test_no_file_names_a_registry():
    assert [name for name, text in texts() if any(host in text for host in REGISTRIES)] == []


def texts():
    for path in files():
        if path.suffix not in PICTURES and short(path) != "tests/architecture/test_places.py":
            yield short(path), path.read_text("utf-8", errors="replace")
