"""The fast half of the tests: runs every check two at a time and shows what the failing ones said."""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROGRAMS = Path(sys.executable).parent

# The slowest first, so that the quick ones run beside it.
CHECKS: dict[str, list[str | Path]] = {
    "types": [sys.executable, "-m", "mypy", "--no-error-summary"],
    "style": [PROGRAMS / "ruff", "format", "--check", "--quiet", "--diff"],
    "mistakes": [PROGRAMS / "ruff", "check", "--quiet"],
    "imports": [PROGRAMS / "lint-imports", "--no-logo"],
    "migrations": [sys.executable, "tools/migrations.py"],
    "translations": [sys.executable, "tools/translations.py", "check"],
}


def run(name: str) -> bool:
    """Run one check; it speaks only when it fails."""
    started = time.monotonic()
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        CHECKS[name],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    passed = done.returncode == 0
    verdict = "ok" if passed else f"FAILED\n{done.stdout.rstrip()}\n"
    print(f"{name:<13}{time.monotonic() - started:5.1f} s  {verdict}", flush=True)
    return passed


if __name__ == "__main__":
    with ThreadPoolExecutor(max_workers=2) as pool:
        sys.exit(not all(list(pool.map(run, CHECKS))))
