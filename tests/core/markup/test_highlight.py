import html as entities
import re
import time

import pytest

from forum.core.markup.highlight import _LEXERS
from tests.core.markup.place import cooked, html


def words(raw):
    return entities.unescape(re.sub(r"<[^>]+>", "", html(raw)))


def test_code_is_coloured_by_class():
    assert html("```python\ndef f():\n    return 1  # <one>\n```") == (
        '<pre class="code" tabindex="0"><code class="language-python"><span class="k">def </span>'
        '<span class="f">f</span>():\n    <span class="k">return </span><span class="m">1  </span>'
        '<span class="c"># &lt;one&gt;\n</span></code></pre>'
    )


@pytest.mark.parametrize("info", ["", "unknown", "text", '"><script>', "{.python}", "python3000"])
def test_a_language_we_do_not_know_is_shown_plain(info):
    assert html(f"```{info}\na < b\n```") == (
        '<pre class="code" tabindex="0"><code>a &lt; b\n</code></pre>'
    )


def test_indented_code_is_code():
    assert html("    a\n    b") == '<pre class="code" tabindex="0"><code>a\nb\n</code></pre>'


@pytest.mark.parametrize("language", sorted(_LEXERS))
def test_colours_change_no_letter(language):
    code = "\n\n  if (x < 1) { return 'é' & \"b\"; } // <!-- c -->\n\n# d\n"

    assert words(f"```{language}\n{code}```").strip("\n") == code.strip("\n")


@pytest.mark.parametrize(
    "language", sorted({name: word for word, name in _LEXERS.items()}.values())
)
def test_no_language_can_be_made_to_think_long(language):
    patterns = ("a\n", "/", " ", "- ", "&", "<a ")
    slow = []
    for pattern in patterns:
        code = (pattern * 5_000)[:4_990]
        started = time.process_time()
        cooked(f"```{language}\n{code}\n```")
        if time.process_time() - started > 1:
            slow.append(pattern)

    assert slow == []


def test_long_code_is_shown_plain():
    assert "<span" not in html("```python\n" + "x = 1\n" * 2_000 + "```")


def test_much_code_is_coloured_up_to_a_limit():
    written = html(("```python\n" + "x = 1\n" * 800 + "```\n\n") * 4)

    assert written.count("<pre") == 4
    assert written.count('<span class="m">') <= 1_700
