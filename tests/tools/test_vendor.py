import json
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
VENDOR = ROOT / "static" / "vendor"


def test_a_second_set_up_fetches_nothing():
    done = subprocess.run(
        [sys.executable, ROOT / "tools" / "vendor.py"], capture_output=True, text=True, check=False
    )

    assert done.returncode == 0
    assert done.stdout == done.stderr == ""


def test_the_manifest_lists_what_is_there():
    manifest = json.loads((VENDOR / "manifest.json").read_text("utf-8"))

    missing = [name for name in manifest["files"] if not (VENDOR / name).is_file()]

    assert {"icons.svg", "world.json", "socket.io.esm.min.js"} <= manifest["files"].keys()
    assert missing == []


def test_the_browser_libraries_are_pinned_exactly():
    wanted = json.loads((ROOT / "package.json").read_text("utf-8"))["dependencies"]
    locked = json.loads((ROOT / "package-lock.json").read_text("utf-8"))["packages"]

    assert [name for name, version in wanted.items() if not re.fullmatch(r"[\d.]+", version)] == []
    assert [name for name, package in locked.items() if name and "integrity" not in package] == []
    assert [name for name, package in locked.items() if "resolved" in package] == []


def test_the_map_shows_every_country_as_a_shape_or_a_dot():
    world = json.loads((VENDOR / "world.json").read_text("utf-8"))
    width, height = (int(side) for side in world["viewBox"].split()[2:])

    assert len(world["countries"]) > 170
    assert {"FR", "GF", "SN", "VN", "XK"} <= world["countries"].keys()
    assert {"SG", "MT", "MU", "RE", "GP"} <= world["dots"].keys()
    assert all(shape.startswith("M") for shape in world["countries"].values())
    assert all(0 <= x <= width and 0 <= y <= height for x, y in world["dots"].values())
