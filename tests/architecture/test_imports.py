"""What may import what: the contracts of pyproject.toml."""

import subprocess
import sys
from pathlib import Path

from tests.support.sources import ROOT


def test_every_import_contract_is_kept():
    lint_imports = Path(sys.executable).with_name("lint-imports")

    done = subprocess.run(
        [lint_imports, "--no-logo"], cwd=ROOT, capture_output=True, encoding="utf-8", check=False
    )

    assert done.returncode == 0, done.stdout + done.stderr
