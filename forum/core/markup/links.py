"""Links: which are made of bare addresses, and how those that lead home are written."""

import re
from typing import Any

from linkify_it import LinkifyIt
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline

from forum.core.markup import urls

# A bare word.ending becomes a link only for these: every two-letter country would turn file.py,
# run.sh and readme.md into addresses. With https:// before it, any host will do.
_ENDINGS = """
com net org info biz pro edu gov int eu asia africa coop museum shop online site tech app dev
ae at au be bf bj br ca cg ch ci cl cm cn co cz de dk dz ee eg es fi fr ga gb gh gn gr hk hu
ie il in io it jp ke km kr lt lu lv ma mg mr mu mx ne ng nl no nz pe pt qa re ro ru rw sa se
sg si sk sn td tg th tn tr tw tz ua ug uk us vn za
"""

_LONGEST_ADDRESS = 2_000
_SCHEME_BEFORE = re.compile(r"(?<![a-z0-9.+-])(https?)\Z", re.IGNORECASE)


class _BareAddresses(LinkifyIt):
    def normalize(self, match: Any) -> None:
        if not match.schema:
            match.url = "https://" + match.url
        else:
            super().normalize(match)


_BARE_ADDRESSES = _BareAddresses().tlds(_ENDINGS.split())


def install(md: MarkdownIt) -> None:
    md.linkify = _BARE_ADDRESSES
    md.validateLink = urls.is_safe_link  # type: ignore[method-assign]
    md.inline.ruler.at("linkify", _full_address)
    md.core.ruler.push("links_home", _bring_home)


def _full_address(state: StateInline, silent: bool) -> bool:
    """https://… in running text, found at its colon.

    markdown-it's own rule looks for the scheme from the beginning of the paragraph, and matches to
    its end: quadratic both times. This one looks a few characters back and a few lines ahead.
    """
    pos, src = state.pos, state.src
    if state.linkLevel > 0 or not src.startswith("://", pos):
        return False
    scheme = _SCHEME_BEFORE.search(state.pending[-6:])
    if not scheme:
        return False
    start = pos - len(scheme.group(1))
    match = _BARE_ADDRESSES.match_at_start(src[start : start + _LONGEST_ADDRESS])
    # A `*` at the end closes an emphasis.
    url = match.url.rstrip("*") if match else ""
    address = state.md.normalizeLink(url)
    if len(url) <= pos - start + 3 or not state.md.validateLink(address):
        return False
    if not silent:
        state.pending = state.pending[: start - pos]
        _push_link(state, address, state.md.normalizeLinkText(url))
    state.pos = start + len(url)
    return True


def _push_link(state: StateInline, address: str, text: str) -> None:
    opening = state.push("link_open", "a", 1)
    opening.attrs = {"href": address}
    opening.markup, opening.info = "linkify", "auto"
    state.push("text", "", 0).content = text
    closing = state.push("link_close", "a", -1)
    closing.markup, closing.info = "linkify", "auto"


def _bring_home(state: StateCore) -> None:
    home = state.env["context"].home
    for token in state.tokens:
        for child in token.children or ():
            if child.type == "link_open":
                path = urls.home_path(str(child.attrs["href"]), home)
                if path:
                    child.attrs["href"] = path
