"""Reading what a request says: forms, JSON and addresses, one type a parameter."""

import json

import pytest
from flask import Flask

from forum.core.errors import Invalid
from forum.web.params import Params, params

page = Flask("a page")
FORM, JSON = "application/x-www-form-urlencoded", "application/json"


def sent(body: str, kind: str = FORM, address: str = "/") -> Params:
    with page.test_request_context(address, method="POST", data=body, content_type=kind):
        return params()


def form(body: str) -> Params:
    return sent(body)


def document(value: object) -> Params:
    return sent(json.dumps(value), JSON)


@pytest.mark.parametrize("given", [form("name=Chemin+de+fer"), document({"name": "Chemin de fer"})])
def test_a_text_is_read_from_a_form_and_from_json(given):
    assert given.text("name") == "Chemin de fer"


def test_line_ends_become_those_of_unix():
    assert form("raw=one%0D%0Atwo").text("raw") == "one\ntwo"


def test_a_missing_text_takes_its_default_or_is_refused():
    assert form("").text("name", "none") == "none"
    assert document({"name": None}).text("name", None) is None
    with pytest.raises(Invalid) as refusal:
        form("").text("name")

    assert refusal.value.field == "name"


@pytest.mark.parametrize(
    "value", [1, 1.5, True, ["a"], {"a": "b"}, "a\0b", "\ud800", "x" * 11], ids=repr
)
def test_what_is_no_fitting_text_is_refused(value):
    with pytest.raises(Invalid):
        document({"name": value}).text("name", longest=10)


def test_a_parameter_sent_twice_is_refused():
    for body in ("name=a&name=b", "name[]=a"):
        with pytest.raises(Invalid):
            form(body).text("name")


def test_the_body_comes_before_the_address():
    given = sent("name=body", address="/?name=address&page=2")

    assert given.text("name") == "body"
    assert given.integer("page") == 2


@pytest.mark.parametrize("given", [form("topic_id=12"), document({"topic_id": 12})])
def test_a_whole_number_is_read(given):
    assert given.integer("topic_id") == 12


@pytest.mark.parametrize(
    "value", ["twelve", "1e3", 1.0, True, [1], {}, 10**20, "9" * 5000, -1, float("inf")], ids=str
)
def test_what_is_no_fitting_number_is_refused(value):
    with pytest.raises(Invalid):
        document({"topic_id": value}).integer("topic_id")


def test_an_empty_number_is_absent():
    assert form("parent=").integer("parent", None) is None


@pytest.mark.parametrize(("value", "truth"), [("true", True), ("on", True), ("0", False)])
def test_a_truth_is_read_from_its_usual_spellings(value, truth):
    assert form(f"archived={value}").truth("archived") is truth
    assert document({"archived": truth}).truth("archived") is truth


def test_a_truth_that_is_neither_is_refused():
    with pytest.raises(Invalid):
        form("archived=maybe").truth("archived")


@pytest.mark.parametrize(
    "given",
    [
        form("tags[]=douane&tags[]=maritime"),
        form("tags=douane&tags=maritime"),
        form("tags=douane,+maritime"),
        document({"tags": ["douane", "maritime"]}),
        document({"tags": "douane,maritime"}),
    ],
)
def test_several_texts_are_read_however_they_are_sent(given):
    assert given.texts("tags") == ["douane", "maritime"]


@pytest.mark.parametrize("value", [[1], {"a": "b"}, 5, [["a"]], ["a"] * 300, ["x" * 50]], ids=str)
def test_what_is_no_fitting_list_is_refused(value):
    with pytest.raises(Invalid):
        document({"tags": value}).texts("tags", longest=40)


@pytest.mark.parametrize(
    "given",
    [form("permissions[staff]=1"), document({"permissions": {"staff": 1}})],
)
def test_a_mapping_is_read_from_bracketed_names_and_from_an_object(given):
    assert given.mapping("permissions") == {"staff": "1"}
    assert given.given("permissions")


@pytest.mark.parametrize("value", ["staff", ["staff"], {"staff": []}, {"staff": {"a": 1}}], ids=str)
def test_what_is_no_mapping_is_refused(value):
    with pytest.raises(Invalid):
        document({"permissions": value}).mapping("permissions")


@pytest.mark.parametrize(
    "given",
    [
        form("post[raw]=hello"),
        document({"post": {"raw": "hello"}}),
        document({"post[raw]": "hello"}),
    ],
)
def test_a_nested_text_is_read_by_its_bracketed_name(given):
    assert given.text("post[raw]") == "hello"


@pytest.mark.parametrize("body", ["[1]", '"text"', "null", "[" * 100_000])
def test_json_that_is_no_object_is_refused(body):
    with pytest.raises(Invalid):
        sent(body, JSON)
