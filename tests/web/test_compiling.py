"""Templates compiled once a language say the right words to each reader."""

import pytest
from jinja2 import DictLoader
from markupsafe import Markup

from forum.core.i18n import current_locale, use_locale
from forum.web.compiling import Environment


@pytest.fixture
def environment(app):
    made = Environment(
        app,
        loader=DictLoader(
            {
                "page": '{% from "parts" import part %}{{ _("Reply") }} {{ part(name) }}',
                "parts": '{% macro part(name) %}{{ _("%(name)s <3", name=name) }}{{ mark("a", "b") }}{% endmacro %}',
            }
        ),
        autoescape=True,
    )
    made.globals.update(
        _=lambda text, **values: text % values if values else text,
        mark=lambda *_marks: "drawn anew",
    )
    return made


def test_a_text_that_stands_in_a_template_is_translated_when_it_is_compiled(environment):
    asked = []
    environment.compute_once(_=lambda text: asked.append(text) or f"<{text}>")

    with use_locale("en"):
        drawn = [environment.get_template("page").render(name="Rose") for _ in range(3)]

    assert drawn[0] == drawn[2]
    assert drawn[0].startswith("&lt;Reply&gt;")
    assert asked == ["Reply"]


def test_each_language_has_templates_of_its_own(environment):
    environment.compute_once(_=lambda text: f"{text} in {current_locale()}")
    words = []
    for locale in ("fr", "en", "fr"):
        with use_locale(locale):
            words.append(environment.get_template("page").render(name="Rose"))

    assert words[0].startswith("Reply in fr")
    assert words[1].startswith("Reply in en")
    assert words[2] == words[0]


def test_a_text_with_places_is_filled_at_each_drawing(environment):
    with use_locale("en"):
        page = environment.get_template("page")

        assert "Rose &lt;3" in page.render(name="Rose")
        assert "Otto &lt;3" in page.render(name="Otto")


def test_only_calls_with_constants_are_computed_once(environment):
    environment.compute_once(mark=lambda *marks: "+".join(marks))

    with use_locale("en"):
        assert environment.get_template("page").render(name="Rose").endswith("a+b")
        assert environment.from_string("{{ mark(name) }}").render(name="a") == "drawn anew"


def test_values_are_written_safely_whatever_they_are(app):
    page = "{{ text }} {{ number }} {{ truth }} {{ markup }} {{ other }}"
    made = Environment(app, loader=DictLoader({"page": page}), autoescape=True)

    drawn = made.get_template("page").render(
        text="<b>&", number=-7, truth=True, markup=Markup("<i>kept</i>"), other=["<"]
    )

    assert drawn == "&lt;b&gt;&amp; -7 True <i>kept</i> [&#39;&lt;&#39;]"
