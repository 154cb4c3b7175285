"""The one allow-list, and the two cleaners that apply it: bleach, then nh3.

Nothing of a member's text reaches a page except through `sanitize`. The rules read values, not only
names: a class, id, role or scheme that we do not write ourselves is dropped. Only this file imports
bleach and nh3. Elements that switch a browser's parser to other rules (svg, math, style, noscript,
textarea, xmp, iframe, template, select) stay out for ever: mutation attacks live in them.
"""

import html as entities
import re
import threading
from collections.abc import Callable, Iterator
from typing import Any

import nh3
from bleach.html5lib_shim import Filter
from bleach.sanitizer import Cleaner

from forum.core.markup import urls
from forum.core.markup.highlight import CODE_KINDS

EXTERNAL_REL = "nofollow ugc noopener"

_TAG_NAMES = """
a aside b blockquote br code del details div em h2 h3 h4 h5 h6 header hr i img kbd li ol p pre s
section span strong sub summary sup table tbody td th thead tr u ul
"""
_TAGS = frozenset(_TAG_NAMES.split())
_VOID = frozenset({"br", "hr", "img"})

_CLASSES = {
    "a": {"mention", "cat", "tag", "footnote-back"},
    "aside": {"quote"},
    "details": {"quoted"},
    "div": {"scroll-x", "signature"},
    "li": {"task-item"},
    "ol": {"task-list"},
    "p": {"lines"},
    "pre": {"code"},
    "section": {"footnotes"},
    "span": {"task", "task-done", *CODE_KINDS},
    "sup": {"footnote-ref"},
    "td": {"r", "c"},
    "th": {"r", "c"},
    "ul": {"task-list"},
}


def sanitize(html: str) -> str:
    """The same HTML with nothing in it that a post may not hold; safe on any input."""
    if "<" not in html and "&" not in html and ">" not in html:
        return html.replace("\0", "")
    return _NH3.clean(_THREAD.cleaner.clean(html))


def _any(_value: str) -> bool:
    return True


def _exactly(expected: str) -> Callable[[str], bool]:
    return lambda value: value == expected


def _shaped(pattern: str) -> Callable[[str], bool]:
    compiled = re.compile(pattern)
    return lambda value: bool(compiled.fullmatch(value))


_ATTRIBUTES: dict[str, dict[str, Callable[[str], bool]]] = {
    "a": {
        "href": urls.is_safe_link,
        "title": _any,
        "rel": _exactly(EXTERNAL_REL),
        "data-hue": _shaped(r"[0-9]{1,2}"),
        "id": _shaped(r"[a-z][a-z0-9]{0,30}-fnref[0-9]{1,4}(-[0-9]{1,4})?"),
    },
    "aside": {"data-topic": _shaped(r"[0-9]{1,12}"), "data-post": _shaped(r"[0-9]{1,9}")},
    "details": {"open": _exactly("")},
    "div": {"role": _exactly("region"), "tabindex": _exactly("0"), "aria-label": _any},
    "img": {"src": urls.is_safe_image, "alt": _any, "title": _any, "loading": _exactly("lazy")},
    "li": {"id": _shaped(r"[a-z][a-z0-9]{0,30}-fn[0-9]{1,4}")},
    "ol": {"start": _shaped(r"[0-9]{1,9}")},
    "pre": {"tabindex": _exactly("0")},
}
_LANGUAGE = re.compile(r"language-[a-z0-9+#-]{1,30}")


def _permit(tag: str, name: str, value: str) -> str | None:
    """The value an attribute may keep, or None when it has to go."""
    if name == "class":
        return _permitted_classes(tag, value)
    allowed = _ATTRIBUTES.get(tag, {}).get(name)
    return value if allowed and allowed(value) else None


def _permitted_classes(tag: str, value: str) -> str | None:
    if tag == "code":
        return value if _LANGUAGE.fullmatch(value) else None
    known = _CLASSES.get(tag, set())
    return " ".join(word for word in value.split() if word in known) or None


def _permit_for_bleach(tag: str, name: str, value: str) -> bool:
    # bleach leaves character references as they were typed; the rules read what a browser reads.
    return _permit(tag, name, entities.unescape(value)) is not None


class _ExternalLinks(Filter):
    """Says `rel` on every link that leaves the house, and on no other."""

    def __iter__(self) -> Iterator[dict[str, Any]]:
        for token in super().__iter__():
            if token["type"] == "StartTag" and token["name"] == "a":
                attributes = token["data"]
                attributes.pop((None, "rel"), None)
                address = attributes.get((None, "href"), "")
                if urls.is_external(entities.unescape(address)) and _leads_somewhere(address):
                    attributes[(None, "rel")] = EXTERNAL_REL
            yield token


def _leads_somewhere(address: str) -> bool:
    """Whether nh3 will keep the address: it knows which hosts cannot be."""
    quoted = address.replace('"', "&quot;")
    return "href" in _NH3.clean(f'<a href="{quoted}">')[:8]


def _walk(fragment: Any) -> Iterator[dict[str, Any]]:
    """A parsed tree as the stream of tokens that bleach filters, in one pass.

    The walker that comes with bleach looks each element up among its siblings on its way back:
    a paragraph of 8,000 short links would take seconds.
    """
    yield from _characters(fragment.text)
    open_elements = [(fragment, iter(fragment))]
    while open_elements:
        parent, children = open_elements[-1]
        element = next(children, None)
        if element is None:
            open_elements.pop()
            if open_elements:
                yield {"type": "EndTag", **_named(parent)}
                yield from _characters(parent.tail)
        elif not isinstance(element.tag, str) or element.tag in _VOID:
            if element.tag in _VOID:
                yield {"type": "EmptyTag", **_named(element), "data": _attributes_of(element)}
            yield from _characters(element.tail)
        else:
            yield {"type": "StartTag", **_named(element), "data": _attributes_of(element)}
            yield from _characters(element.text)
            open_elements.append((element, iter(element)))


def _characters(text: str | None) -> Iterator[dict[str, Any]]:
    if text:
        yield {"type": "Characters", "data": text}


def _named(element: Any) -> dict[str, Any]:
    """Name and namespace; foreign elements are written `{namespace}name` and never allowed."""
    namespace, _, name = element.tag.rpartition("}")
    return {"name": name, "namespace": namespace[1:] or None}


def _attributes_of(element: Any) -> dict[tuple[None, str], str]:
    return {(None, name): value for name, value in element.attrib.items() if name[0] != "{"}


class _Thread(threading.local):
    """bleach's parser keeps state: each thread needs one of its own."""

    def __init__(self) -> None:
        self.cleaner = Cleaner(
            tags=_TAGS,
            attributes=_permit_for_bleach,
            protocols=frozenset({"http", "https", "mailto"}),
            strip=True,
            strip_comments=True,
            filters=[_ExternalLinks],
        )
        self.cleaner.walker = _walk


_THREAD = _Thread()
_NH3 = nh3.Cleaner(
    tags=_TAGS,
    attributes={tag: {*_ATTRIBUTES.get(tag, {}), "class"} for tag in _TAGS},
    attribute_filter=_permit,
    url_schemes={"http", "https", "mailto"},
    link_rel=None,
    strip_comments=True,
)
