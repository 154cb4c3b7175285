"""One door to the database's commit, one clock on the wall."""

import ast

from tests.support.sources import python_files, short

INDEX = "forum/search/backends/whoosh/backend.py"  # its writer closes a batch of the index, not a transaction
COMMITS = "forum/core/database.py"
TELLS_TIME = "forum/core/clock.py"
CLOCKS = {("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today")}


def test_only_the_database_module_commits():
    callers = {name for name, _, method in calls() if method == "commit"}

    assert callers - {INDEX} == {COMMITS}


def test_only_the_clock_tells_the_time():
    callers = {name for name, thing, method in calls() if (thing, method) in CLOCKS}

    assert callers == {TELLS_TIME}


def calls() -> list[tuple[str, str, str]]:
    """Every `thing.method(…)` of the forum, as (file, thing, method)."""
    return [
        (short(path), ast.unparse(node.func.value).split(".")[-1], node.func.attr)
        for path, tree in python_files("forum")
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    ]
