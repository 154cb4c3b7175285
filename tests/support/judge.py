"""A judge of HTML: names everything in it that a browser would run, load as code or be led astray by.

It knows nothing of our allow-list. It parses as browsers do, writes down what it understood and parses
that again, for there are texts that only become dangerous the second time.
"""

import re
from collections.abc import Iterator

import html5lib

_RUNNING_ELEMENTS = frozenset(
    [
        "script",
        "style",
        "iframe",
        "frame",
        "frameset",
        "object",
        "embed",
        "applet",
        "base",
        "link",
        "meta",
        "form",
        "input",
        "button",
        "textarea",
        "select",
        "option",
        "svg",
        "math",
        "noscript",
        "template",
        "xmp",
        "plaintext",
        "noembed",
        "noframes",
        "title",
        "body",
        "html",
        "head",
        "marquee",
        "bgsound",
        "layer",
        "ilayer",
        "video",
        "audio",
        "source",
        "track",
        "canvas",
        "portal",
        "dialog",
        "slot",
        "keygen",
        "isindex",
        "image",
        "animate",
        "set",
        "foreignobject",
    ]
)
_RUNNING_ATTRIBUTES = frozenset(
    [
        "style",
        "srcdoc",
        "formaction",
        "action",
        "xlink:href",
        "background",
        "ping",
        "target",
        "dynsrc",
        "lowsrc",
        "data",
        "code",
        "codebase",
        "archive",
        "manifest",
        "poster",
        "srcset",
        "http-equiv",
        "is",
        "slot",
        "nonce",
        "autofocus",
        "contenteditable",
        "accesskey",
        "popovertarget",
        "download",
        "form",
        "name",
        "for",
        "usemap",
    ]
)
_ADDRESSES = frozenset(["href", "src", "cite", "longdesc"])
_HARMLESS_SCHEMES = frozenset(["http", "https", "mailto"])


def accusations(html: str) -> list[str]:
    """What is wrong with this fragment; empty when nothing is."""
    fragment = _parse(html)
    again = _parse(html5lib.serialize(fragment, quote_attr_values="always"))
    return [*_wrongs(fragment), *_wrongs(again)]


def _parse(html: str):
    return html5lib.parseFragment(html, treebuilder="etree", namespaceHTMLElements=False)


def _wrongs(fragment) -> Iterator[str]:
    for element in fragment.iter():
        if not isinstance(element.tag, str):
            yield f"comment {element.text!r}"
            continue
        if element.tag.lower() in _RUNNING_ELEMENTS or "}" in element.tag:
            yield f"element {element.tag}"
        for name, value in element.attrib.items():
            yield from _wrongs_of_attribute(element.tag, str(name).lower(), value)


def _wrongs_of_attribute(tag: str, name: str, value: str) -> Iterator[str]:
    if name.startswith("on") or name in _RUNNING_ATTRIBUTES or "}" in name:
        yield f"attribute {tag} {name}={value!r}"
    if name in _ADDRESSES and (scheme := _scheme(value)) and scheme not in _HARMLESS_SCHEMES:
        yield f"address {tag} {name}={value!r}"


def _scheme(address: str) -> str:
    """The scheme as the URL standard reads it: outer controls stripped, tabs and line ends dropped."""
    stripped = re.sub(r"[\t\n\r]", "", address.strip("".join(map(chr, range(33)))))
    found = re.match(r"([a-zA-Z][a-zA-Z0-9+.-]*):", stripped)
    return found.group(1).lower() if found else ""
