"""A lexer for the family of C: Pygments' own ones look ahead without end.

On a few thousand lines of one letter its C# and Java lexers think for many seconds, C and C++ for
two. This one reads every character once; it knows what the four languages share.
"""

from pygments.lexer import RegexLexer, words
from pygments.token import Comment, Keyword, Name, Number, String, Text

_KEYWORDS = """
abstract async await auto base break case catch class const constexpr continue default delete do else
enum explicit export extends extern false final finally for foreach friend goto if implements import
in inline instanceof interface internal is lock namespace native new noexcept null nullptr operator
out override package params private protected public readonly record ref return sealed sizeof static
struct super switch template this throw throws transient true try typedef typename typeof union using
var virtual volatile where while yield
"""
_TYPES = """
bool boolean byte char decimal double float int long object short signed size_t string unsigned void
"""


class CurlyLexer(RegexLexer):
    """C, C++, C# and Java, as far as colours need to know them."""

    tokens = {  # noqa: RUF012 -- Pygments reads it from the class
        "root": [
            (r"\s+", Text),
            (r"//[^\n]*", Comment),
            (r"/\*[^*]*(?:\*(?!/)[^*]*)*(?:\*/)?", Comment),
            (r'"(?:[^"\\\n]|\\.)*"?', String),
            (r"'(?:[^'\\\n]|\\.)*'?", String),
            (r"#[ \t]*[a-z]+", Keyword),
            (r"@\w+", Name.Decorator),
            (r"\d[\w.]*", Number),
            (words(tuple(_TYPES.split()), suffix=r"\b"), Keyword.Type),
            (words(tuple(_KEYWORDS.split()), suffix=r"\b"), Keyword),
            (r"\w+(?=\()", Name.Function),
            (r"\w+", Name),
            (r"[^\w\s]", Text),
        ]
    }
