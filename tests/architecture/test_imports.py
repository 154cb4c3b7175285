"""What may import what: the contracts of pyproject.toml."""

import subprocess
import sys
import tomllib
from pathlib import Path

from tests.support.sources import ROOT, files_in

# They know no feature, or they mix several: their inside has an order of its own.
NOT_FEATURES = {"cli", "core", "web", "pages", "importers"}


def test_every_import_contract_is_kept():
    lint_imports = Path(sys.executable).with_name("lint-imports")

    done = subprocess.run(
        [lint_imports, "--no-logo"], cwd=ROOT, capture_output=True, encoding="utf-8", check=False
    )

    assert done.returncode == 0, done.stdout + done.stderr


def test_every_feature_is_held_to_the_order_inside_a_feature():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    [inside] = [contract for contract in contracts if contract["name"].startswith("Inside")]

    folders = {path.relative_to(ROOT).parts[1] for path in files_in("forum", ending="__init__.py")}

    features = {folder for folder in folders if (ROOT / "forum" / folder).is_dir()} - NOT_FEATURES
    assert {f"forum.{feature}" for feature in features} == set(inside["containers"])
