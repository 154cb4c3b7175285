"""Facts are small and frozen, and somebody listens to each."""

import dataclasses
import importlib
import inspect

from forum.core.signals import known_facts
from tests.support.sources import files_in, short

PLAIN = {int, str, bool, int | None, str | None, "int", "str", "bool", "int | None", "str | None"}


def test_every_fact_has_a_listener(app):
    unheard = [fact.__qualname__ for fact in facts() if not known_facts().get(fact)]

    assert facts()
    assert unheard == []


def test_every_fact_is_frozen_and_made_of_plain_values():
    odd = [
        f"{fact.__qualname__}.{field.name}: {field.type}"
        for fact in facts()
        for field in dataclasses.fields(fact)
        if field.type not in PLAIN
    ]

    assert [fact.__qualname__ for fact in facts() if not fact.__dataclass_params__.frozen] == []
    assert odd == []


def test_every_fact_has_its_sentence():
    assert [fact.__qualname__ for fact in facts() if not (fact.__doc__ or "").endswith(".")] == []


def facts() -> list[type]:
    modules = [
        importlib.import_module(short(path).removesuffix(".py").replace("/", "."))
        for path in files_in("forum", ending="signals.py")
        if short(path) != "forum/core/signals.py"
    ]
    return [
        thing
        for module in modules
        for _, thing in inspect.getmembers(module, dataclasses.is_dataclass)
        if thing.__module__ == module.__name__
    ]
