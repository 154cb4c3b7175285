"""Set-up says in one sentence what Python it needs."""

import subprocess
import sys

import pytest

from tests.support.sources import ROOT


@pytest.fixture
def machine(tmp_path):
    """A machine whose Pythons are ours to choose: version and whether it can make a .venv."""

    def with_pythons(**pythons):
        for name, (version, can_make_venv) in pythons.items():
            script = tmp_path / name.replace("_", ".")
            script.write_text(FAKE.format(version=version, can_make_venv=int(can_make_venv)))
            script.chmod(0o755)
        done = subprocess.run(
            ["/bin/sh", ROOT / "tools" / "python.sh"],
            cwd=tmp_path,
            env={"PATH": str(tmp_path)},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        return done.returncode, (done.stdout + done.stderr).strip()

    return with_pythons


FAKE = """#!/bin/sh
case "$2" in
    *print*) echo "{version}" ;;
    *version_info*) [ "{version}" = 3.11 ] || [ "{version}" = 3.13 ] ;;
    *ensurepip*) [ {can_make_venv} = 1 ] ;;
esac
"""


def test_the_usual_python_is_taken(machine):
    status, said = machine(python3=("3.11", True), python3_13=("3.13", True))

    assert status == 0
    assert said.endswith("/python3")


def test_a_newer_python_beside_an_old_one_is_found(machine):
    status, said = machine(python3=("3.9", True), python3_13=("3.13", True))

    assert status == 0
    assert said.endswith("/python3.13")


def test_an_old_python_gets_one_sentence(machine):
    status, said = machine(python3=("3.9", True))

    assert status == 1
    assert said == "Comptoir needs Python 3.11 or newer; this machine has 3.9."


def test_a_python_without_venv_gets_one_sentence(machine):
    status, said = machine(python3=("3.11", False))

    assert status == 1
    assert said.startswith("Python 3.11 is here but cannot make a .venv: ")
    assert "apt-get install python3.11-venv" in said
    assert "\n" not in said


def test_a_machine_without_python_gets_one_sentence(machine):
    status, said = machine()

    assert status == 1
    assert said == "Comptoir needs Python 3.11 or newer; none was found on this machine."


def test_the_tests_themselves_run_on_a_python_we_support():
    assert sys.version_info >= (3, 11)
