"""Keeps the translation catalogues in step with the texts of the code.

`check` says what is missing, `update` adds and removes entries, `compile` makes one ready to read.
"""

import re
import sys
import tempfile
from collections.abc import Iterator
from contextlib import chdir
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.frontend import CommandLineInterface
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent
CATALOGUES = ROOT / "forum" / "translations"
# The code is written in English: only the other languages need a catalogue.
LANGUAGES = ("fr",)
PLACE = re.compile(r"%\((\w+)\)\w")


def main(command: str, *arguments: str) -> None:
    """Do what the command line says; exits with 1 when `check` finds something."""
    if command == "check":
        complaints = [complaint for language in LANGUAGES for complaint in faults(language)]
        sys.exit("\n".join(complaints) or None)
    elif command == "update":
        for language in LANGUAGES:
            update(language)
    elif command == "compile":
        source, target = map(Path, arguments)
        with target.open("wb") as ready:
            write_mo(ready, read(source))
    else:
        sys.exit(f"Unknown: {command}")


def faults(language: str) -> Iterator[str]:
    """What a reader of this language would miss, one sentence a text."""
    catalogue = read(path_of(language))
    wanted = texts_of_the_code()
    for message in wanted:
        found = catalogue.get(message.id) if message.id else None
        if found is None or not all(forms(found.string)):
            if message.id:
                yield f"{language}: not translated: {forms(message.id)[0]!r}"
        elif found.fuzzy:
            yield f"{language}: translated by guess (fuzzy): {forms(message.id)[0]!r}"
        elif difference := places(message) ^ places(found):
            yield f"{language}: places differ {sorted(difference)}: {forms(message.id)[0]!r}"
    for message in catalogue:
        if message.id and wanted.get(message.id) is None:
            yield f"{language}: no longer said: {forms(message.id)[0]!r}"


def update(language: str) -> None:
    """Write the catalogue anew: every text of the code, with the translations there are."""
    path = path_of(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        template = extract(Path(folder))
        command = [
            "update",
            "--no-fuzzy-matching",
            "--ignore-obsolete",
            "--ignore-pot-creation-date",
        ]
        if not path.exists():
            command = ["init"]
        babel(*command, "-i", template, "-o", path, "-l", language)


def texts_of_the_code() -> Catalog:
    """Every text in the code and the templates, as a catalogue without translations."""
    with tempfile.TemporaryDirectory() as folder:
        return read(extract(Path(folder)))


def extract(folder: Path) -> Path:
    """Write the template catalogue of the code into a folder."""
    template = folder / "messages.pot"
    looks = ["-F", ROOT / "pyproject.toml", "-k", "lazy", "--add-location=file", "--sort-by-file"]
    names = ["--project=Comptoir", "--version=1", "--copyright-holder=The Comptoir contributors"]
    with chdir(ROOT):
        babel("extract", *looks, *names, "-o", template, ".")
    return template


def babel(*words: object) -> None:
    """Run one of Babel's commands, silently."""
    CommandLineInterface().run(["pybabel", "--quiet", *map(str, words)])


def path_of(language: str) -> Path:
    """Where a language's catalogue is."""
    return CATALOGUES / language / "LC_MESSAGES" / "messages.po"


def read(path: Path) -> Catalog:
    """A catalogue from its file; its folder's name says the language."""
    if not path.exists():
        sys.exit(f"{path} is missing: run `make texts`, then translate it.")
    with path.open("rb") as file:
        return read_po(file, locale=None if path.suffix == ".pot" else path.parts[-3])


def forms(text: str | tuple[str, ...] | list[str] | None) -> list[str]:
    """A text's forms: one, or one per plural."""
    return [text or ""] if isinstance(text, str | None) else list(text)


def places(message: Message) -> set[str]:
    """The named places in a text, `%(name)s`; its forms share them, and one may leave out `count`."""
    written = message.string if any(forms(message.string)) else message.id
    return {place for form in forms(written) for place in PLACE.findall(form)}


if __name__ == "__main__":
    main(*sys.argv[1:])
