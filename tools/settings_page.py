"""Writes docs/settings.md: every environment variable and every setting, from the code that reads them."""

import importlib
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from forum.config import Config
from forum.core.settings import Setting

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "settings.md"

OPENING = """\
# Settings

This page is written by `make docs` from the code, and a test compares the two.

## What the machine decides: environment variables

Read once, at start. Each has a safe default; production mode (`FORUM_PRODUCTION=on`) refuses to start with an
insecure one and says which.

"""

SECOND = """\

## What the community decides: settings

Changed by admins while the forum runs; everyone sees the change within a minute.
"""


def page() -> str:
    """The whole page."""
    return OPENING + table(variables()) + SECOND + "".join(by_feature())


def variables() -> Iterator[tuple[str, object, str]]:
    """Every environment variable, its default and what it is for."""
    for name, field in Config.model_fields.items():
        yield f"FORUM_{name.upper()}", field.default, field.description or ""


def by_feature() -> Iterator[str]:
    """A heading and a table for each feature that has settings."""
    load_all()
    settings = sorted(Setting.declared.values(), key=lambda setting: setting.name)
    for feature, its in groupby(settings, key=lambda setting: setting.name.split(".")[0]):
        rows = ((setting.name, setting.default, str(setting.description)) for setting in its)
        yield f"\n### {feature}\n\n{table(rows)}"


def load_all() -> None:
    """Import every module of settings, so that each is declared."""
    for path in sorted((ROOT / "forum").glob("*/settings.py")):
        importlib.import_module(f"forum.{path.parent.name}.settings")


def table(rows: Iterator[tuple[str, object, str]]) -> str:
    """Markdown for names, defaults and meanings."""
    lines = [f"| `{name}` | {shown(default)} | {meaning} |\n" for name, default, meaning in rows]
    return "| name | default | meaning |\n|---|---|---|\n" + "".join(lines)


def shown(default: object) -> str:
    """A default as an operator would type it."""
    if isinstance(default, bool):
        return "on" if default else "off"
    return f"`{default}`" if default not in {"", None} else ""


if __name__ == "__main__":
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(page(), "utf-8")
