"""The page of the API names every endpoint, and none that is not there."""

import re

from tests.support.sources import ROOT

PAGE = ROOT / "docs" / "api.md"
ROW = re.compile(r"^\| `(GET|POST|PUT|PATCH|DELETE) (/\S+)` \|", re.MULTILINE)


def test_the_page_of_the_api_names_every_endpoint_and_no_other(app):
    written = set(ROW.findall(PAGE.read_text("utf-8")))

    there = {
        (method, re.sub(r"<\w+:", "<", rule.rule))
        for rule in app.url_map.iter_rules()
        if rule.rule.endswith(".json")
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }

    assert written - there == set()
    assert there - written == set()


def test_no_endpoint_is_named_twice():
    named = ROW.findall(PAGE.read_text("utf-8"))

    assert len(named) == len(set(named))
