"""Attacks, each in every place a member can write, judged by what a browser would make of the result."""

import itertools

import pytest

from forum.core.markup.context import CategoryLink, Context, QuoteLink, TagLink
from forum.core.markup.folded import cook_mail
from forum.core.markup.markdown import cook
from forum.core.markup.sanitize import sanitize
from tests.core.markup.place import cooked
from tests.support.judge import accusations

HTML = [
    "<script>alert(1)</script>",
    "<script src=//evil.example></script>",
    "<ScRiPt >alert(1)</sCrIpT\t>",
    "<scr<script>ipt>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '<img src="x" onerror="alert(1)"',
    "<img/src=x/onerror=alert(1)>",
    "<img src=`x`onerror=alert(1)>",
    '<img """><script>alert(1)</script>">',
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><a xlink:href=javascript:alert(1)><text>x",
    "<svg><style><img src=x onerror=alert(1)></style>",
    "<svg><animate attributeName=href values=javascript:alert(1)>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<math><mi xlink:href='javascript:alert(1)'>x",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<style><!--</style><img src=x onerror=alert(1)>-->",
    "<style>@import 'javascript:alert(1)'</style>",
    "<textarea><img title='</textarea><img src=x onerror=alert(1)>'>",
    "<title><img title='</title><img src=x onerror=alert(1)>'>",
    "<xmp><p title='</xmp><img src=x onerror=alert(1)>'>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "<object data=javascript:alert(1)></object>",
    "<embed src=javascript:alert(1)>",
    "<base href=//evil.example/>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<form action=javascript:alert(1)><input type=submit></form>",
    "<button formaction=javascript:alert(1)>x</button>",
    "<input autofocus onfocus=alert(1)>",
    "<body onload=alert(1)>",
    "<video><source onerror=alert(1)></video>",
    "<audio src=x onerror=alert(1)>",
    "<details open ontoggle=alert(1)>x</details>",
    "<marquee onstart=alert(1)>x</marquee>",
    "<template><script>alert(1)</script></template>",
    "<select><template><img src=x onerror=alert(1)></template></select>",
    "<a href=javascript:alert(1)>x</a>",
    '<a href="x" onclick="alert(1)">x</a>',
    "<a href='javascript:alert(1)' target=_blank>x</a>",
    "<p style='background:url(javascript:alert(1))'>x</p>",
    "<p style=width:expression(alert(1))>x</p>",
    "<div id=main class=admin name=x>x</div>",
    "<a id=__proto__ name=cookie href=#x>x</a>",
    "<table background=javascript:alert(1)><td>x</table>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<!--[if IE]><script>alert(1)</script><![endif]-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?xml version='1.0'?><script>alert(1)</script>",
    "<x:script xmlns:x='http://www.w3.org/1999/xhtml'>alert(1)</x:script>",
    "<isindex action=javascript:alert(1) type=image>",
    "</p><script>alert(1)</script>",
    "</code></pre><img src=x onerror=alert(1)>",
    "</blockquote></aside><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'><img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)',
    "' onmouseover='alert(1)",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "\\<script>alert(1)\\</script>",
    "<\u200bscript>alert(1)</script>",
    "\uff1cscript\uff1ealert(1)\uff1c/script\uff1e",
    "<scr\u0000ipt>alert(1)</scr\u0000ipt>",
    "{{constructor.constructor('alert(1)')()}}",
]

ADDRESSES = [
    "javascript:alert(1)",
    "javascript:123",
    "JaVaScRiPt:alert(1)",
    "javascript&colon;alert(1)",
    "javascript&#58;alert(1)",
    "&#106;&#97;&#118;&#97;&#115;&#99;&#114;&#105;&#112;&#116;&#58;alert(1)",
    "&#x6A&#x61&#x76&#x61&#x73&#x63&#x72&#x69&#x70&#x74&#x3Aalert(1)",
    "java&Tab;script:alert(1)",
    "java&NewLine;script:alert(1)",
    "java\tscript:alert(1)",
    "java\nscript:alert(1)",
    "\x01javascript:alert(1)",
    "&#1;javascript:alert(1)",
    " javascript:alert(1)",
    "\u00a0javascript:alert(1)",
    "\u2028javascript:alert(1)",
    "javascript\u200b:alert(1)",
    "javascript\\:alert(1)",
    "javascript%3Aalert(1)",
    "%6aavascript:alert(1)",
    "javascript:/*--></script><svg/onload=alert(1)>",
    "javascript://example.com/%0aalert(1)",
    "//javascript:alert(1)",
    "vbscript:msgbox(1)",
    "vbscript:1",
    "livescript:x",
    "data:text/html,<script>alert(1)</script>",
    "data:text/html;base64,PHNjcmlwdD4=",
    "data:1",
    "data:image/svg+xml,<svg onload=alert(1)>",
    "feed:javascript:alert(1)",
    "view-source:javascript:alert(1)",
    "jar:javascript:alert(1)!/",
    "blob:https://evil.example/x",
    "file:///etc/passwd",
    "filesystem:http://evil.example/x",
    "about:blank",
    "ms-its:x",
    "http:javascript:alert(1)",
    'https://a.example" onclick="alert(1)',
    "https://a.example' onclick='alert(1)",
    "https://a.example/`onclick=alert(1)`",
    "https://javascript:alert(1)@a.example/",
    'x" onerror="alert(1)',
    '#" onclick="alert(1)',
]

PLACES = [
    "{}",
    "a {} b",
    "**{}**",
    "# {}",
    "- {}",
    "- [x] {}",
    "> {}",
    "`{}`",
    "```{}\nx\n```",
    "```html\n{}\n```",
    "    {}",
    "[{}](/x)",
    "[x]({})",
    "[x](<{}>)",
    '[x](/x "{}")',
    "[x][1]\n\n[1]: {}",
    "![{}](/x.png)",
    "![x]({})",
    "![x](/x.png '{}')",
    "<{}>",
    "@{}",
    "#{}",
    ":{}:",
    "| {} | b |\n|---|--:|\n| {} | d |",
    "x[^1]\n\n[^1]: {}",
    "x[^{}]\n\n[^{}]: y",
    "x^[{}]",
    '[quote="{}"]\nx\n[/quote]',
    '[quote="{}, post:2, topic:42"]\n{}\n[/quote]',
    "[quote]{}[/quote]",
    "https://a.example/{}",
    "www.a.example/{}",
    "x@a.example{}",
]  # fmt: skip


@pytest.mark.parametrize("place", PLACES)
def test_no_attack_survives_cooking(place):
    guilty = []
    for attack in itertools.chain(HTML, ADDRESSES):
        html = cooked(place.replace("{}", attack)).html
        guilty += [(attack, html, said) for said in accusations(html)]
        if " style=" in html and "<" not in attack:
            guilty.append((attack, html, "style"))

    assert guilty == []


@pytest.mark.parametrize(
    "wrap",
    [
        "{}",
        "<p>{}</p>",
        "<b><i>{}",
        "<table><tr><td>{}",
        "<pre><code>{}",
        "<a href=/x>{}</a>",
        "<details><summary>{}",
        "<ul><li>{}",
    ],
)
def test_no_attack_survives_sanitizing(wrap):
    links = [f'<a href="{address}">x</a><img src="{address}">' for address in ADDRESSES]
    guilty = []
    for attack in itertools.chain(HTML, links):
        html = sanitize(wrap.replace("{}", attack))
        guilty += [(attack, html, said) for said in accusations(html)]

    assert guilty == []


@pytest.mark.parametrize(
    "wrap",
    [
        "{}",
        "> {}",
        "a\n\n-- \n{}",
        "{} writes:\n> x",
        "see www.{}",
        "https://a.example/{}",
        "a    {}\nb    c\nd    e",
    ],
)
def test_no_attack_survives_in_a_mail(wrap):
    guilty = []
    for attack in itertools.chain(HTML, ADDRESSES):
        html = cook_mail(wrap.replace("{}", attack)).html
        guilty += [(attack, html, said) for said in accusations(html)]

    assert guilty == []


class HostilePlace:
    """Every name exists, with labels and paths as a careless administrator might let in."""

    def __init__(self, text):
        self.text = text

    def resolve_mentions(self, usernames):
        return dict.fromkeys(usernames, self.text)

    def resolve_categories(self, slugs):
        return {slug: CategoryLink(self.text, self.text, 1) for slug in slugs if slug == "c"}

    def resolve_tags(self, names):
        return {name: TagLink(self.text, self.text) for name in names}

    def resolve_quotes(self, sources):
        return {source: QuoteLink(self.text, self.text) for source in sources}


def test_labels_and_paths_of_the_place_are_not_trusted_either():
    raw = '@rose #c #t\n\n[quote="a, post:1, topic:1"]\nx\n[/quote]'
    guilty = []
    for attack in itertools.chain(HTML, ADDRESSES):
        html = cook(raw, Context(links=HostilePlace(attack))).html
        guilty += [(attack, html, said) for said in accusations(html)]

    assert guilty == []
