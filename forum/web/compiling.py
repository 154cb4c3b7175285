"""Templates, compiled once for each language.

Most of a page is the same for everyone who reads it in one language: its words, icons and the
addresses of its files. What a template says with constants is worked out when it is compiled, not
at each drawing: `{{ _("Reply") }}` becomes `Répondre`. A topic page asks for such things some five
hundred times, which is a third of what its drawing costs.
"""

from collections.abc import Callable, MutableMapping
from typing import Any

from flask import Flask
from flask.templating import Environment as FlaskEnvironment
from jinja2 import Template as JinjaTemplate
from jinja2 import nodes
from jinja2.environment import TemplateModule
from jinja2.runtime import Context
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape

from forum.core.i18n import current_locale, use_locale

Steady = Callable[..., str]


class Template(JinjaTemplate):
    """A template whose macros, once imported, stay: all our templates share the same globals."""

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:
        # Jinja compares the globals of both templates at each import, some thirty times a page.
        return super()._get_default_module()

    @classmethod
    def from_code(cls, *args: Any, **options: Any) -> JinjaTemplate:
        """The template, writing with `_written`."""
        template = super().from_code(*args, **options)
        template.root_render_func.__globals__["escape"] = _written
        return template


def _written(value: Any) -> str:
    """A value as text of the page. Half of them are numbers, or Markup already."""
    kind = type(value)
    if kind is int:
        return str(value)
    return value if kind is Markup else escape(value)


class Environment(FlaskEnvironment):
    """Gives each request the templates in its language."""

    template_class = Template

    def __init__(self, app: Flask, **options: Any) -> None:
        super().__init__(app, **options)
        self.steady: dict[str, Steady] = {}
        self.language = ""
        self._in_language: dict[str, Environment] = {}

    def compute_once(self, **steady: Steady) -> None:
        """Name functions whose result depends on nothing but their arguments and the language."""
        self.steady.update(steady)

    def overlay(self, *args: Any, **options: Any) -> "Environment":
        """One that differs in a few options; it compiles for itself."""
        other: Environment = super().overlay(*args, **options)
        other._in_language = {}
        return other

    def _speaking(self, language: str) -> "Environment":
        if language not in self._in_language:
            environment = self.overlay()
            environment.language = language
            self._in_language[language] = environment
        return self._in_language[language]

    def _load_template(
        self,
        name: str,
        globals: MutableMapping[str, Any] | None,  # noqa: A002 - Jinja's name
    ) -> JinjaTemplate:
        if not self.language:
            return self._speaking(current_locale())._load_template(name, globals)
        return super()._load_template(name, globals)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        parsed = super()._parse(source, name, filename)
        if not self.language:
            return parsed
        with use_locale(self.language):
            computed: nodes.Template = _Compute(self.steady).visit(parsed)
        return computed


class _Compute(NodeTransformer):
    """Puts results in the place of calls with constants."""

    def __init__(self, steady: dict[str, Steady]) -> None:
        self.steady = steady

    def visit_Call(self, call: nodes.Call) -> nodes.Node:  # noqa: N802 - Jinja's name
        self.generic_visit(call)
        if not isinstance(call.node, nodes.Name) or call.node.name not in self.steady:
            return call
        if call.dyn_args or call.dyn_kwargs:
            return call
        given = [*call.args, *(pair.value for pair in call.kwargs)]
        if not all(isinstance(node, nodes.Const) for node in given):
            return call
        names = {pair.key: pair.value.as_const() for pair in call.kwargs}
        result = self.steady[call.node.name](*(node.as_const() for node in call.args), **names)
        return nodes.Const(result, lineno=call.lineno)
