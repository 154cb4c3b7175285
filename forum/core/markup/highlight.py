"""Fenced code with coloured words: Pygments reads the language, we keep ten kinds of words.

Fewer kinds and joined neighbours make a third of the elements Pygments' own formatter would write,
and each of them has to pass both cleaners.
"""

from collections.abc import Iterator
from functools import cache

import pygments.lexers
from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml, unescapeAll
from markdown_it.token import Token
from pygments.lexer import Lexer
from pygments.token import Comment, Generic, Keyword, Name, Number, String, _TokenType

from forum.core.markup.curly import CurlyLexer
from forum.core.markup.drawing import Env, draw

# Longer code is shown plain: colours are a kindness, not worth a second of a worker's time.
_LONGEST_COLOURED = 5_000
_LONGEST_COLOURED_IN_A_POST = 10_000

_KINDS: tuple[tuple[_TokenType, str], ...] = (
    (Comment, "c"),
    (Keyword.Type, "t"),
    (Keyword, "k"),
    (String, "s"),
    (Number, "m"),
    (Name.Function, "f"),
    (Name.Class, "f"),
    (Name.Builtin, "b"),
    (Name.Tag, "t"),
    (Name.Attribute, "a"),
    (Name.Decorator, "a"),
    (Name.Variable, "v"),
    (Generic.Inserted, "i"),
    (Generic.Deleted, "d"),
    (Generic.Heading, "h"),
    (Generic.Subheading, "h"),
)
CODE_KINDS = frozenset(kind for _, kind in _KINDS)

_LEXERS = {
    "bash": "BashLexer",
    "c": "CurlyLexer",
    "c++": "CurlyLexer",
    "console": "BashSessionLexer",
    "cpp": "CurlyLexer",
    "cs": "CurlyLexer",
    "csharp": "CurlyLexer",
    "css": "CssLexer",
    "diff": "DiffLexer",
    "docker": "DockerLexer",
    "dockerfile": "DockerLexer",
    "go": "GoLexer",
    "html": "HtmlLexer",
    "http": "HttpLexer",
    "ini": "IniLexer",
    "java": "CurlyLexer",
    "javascript": "JavascriptLexer",
    "js": "JavascriptLexer",
    "json": "JsonLexer",
    "kotlin": "KotlinLexer",
    "latex": "TexLexer",
    "lua": "LuaLexer",
    "nginx": "NginxConfLexer",
    "patch": "DiffLexer",
    "perl": "PerlLexer",
    "php": "PhpLexer",
    "powershell": "PowerShellLexer",
    "py": "PythonLexer",
    "python": "PythonLexer",
    "r": "SLexer",
    "rb": "RubyLexer",
    "rs": "RustLexer",
    "ruby": "RubyLexer",
    "rust": "RustLexer",
    "sh": "BashLexer",
    "shell": "BashLexer",
    "sql": "SqlLexer",
    "swift": "SwiftLexer",
    "tex": "TexLexer",
    "toml": "TOMLLexer",
    "ts": "TypeScriptLexer",
    "typescript": "TypeScriptLexer",
    "xml": "XmlLexer",
    "yaml": "YamlLexer",
    "yml": "YamlLexer",
}


def install(md: MarkdownIt) -> None:
    draw(md, "fence", _render)
    draw(md, "code_block", _render)


def _render(token: Token, env: Env) -> str:
    words = unescapeAll(token.info).split()
    language = words[0].lower() if words else ""
    if language not in _LEXERS:
        return f'<pre class="code" tabindex="0"><code>{escapeHtml(token.content)}</code></pre>\n'
    coloured = _coloured(token.content, language, env)
    return f'<pre class="code" tabindex="0"><code class="language-{language}">{coloured}</code></pre>\n'


def _coloured(code: str, language: str, env: Env) -> str:
    spent = env.get("coloured", 0) + len(code)
    if len(code) > _LONGEST_COLOURED or spent > _LONGEST_COLOURED_IN_A_POST:
        return escapeHtml(code)
    env["coloured"] = spent
    return "".join(
        f'<span class="{kind}">{escapeHtml(text)}</span>' if kind else escapeHtml(text)
        for kind, text in _joined(_lexer(language), code)
    )


def _joined(lexer: Lexer, code: str) -> Iterator[tuple[str, str]]:
    """Words with their kind, neighbours of one kind made one."""
    current = ""
    parts: list[str] = []
    for token_type, text in lexer.get_tokens(code):
        kind = _kind(token_type)
        if kind != current and text.strip():
            yield current, "".join(parts)
            current, parts = kind, []
        parts.append(text)
    yield current, "".join(parts)


@cache
def _kind(token_type: _TokenType) -> str:
    return next((kind for family, kind in _KINDS if token_type[: len(family)] == family), "")


@cache
def _lexer(language: str) -> Lexer:
    name = _LEXERS[language]
    lexer_class = CurlyLexer if name == "CurlyLexer" else getattr(pygments.lexers, name)
    # Only the PHP lexer listens to startinline: colours without an opening tag.
    lexer: Lexer = lexer_class(stripnl=False, ensurenl=False, startinline=True)
    return lexer
