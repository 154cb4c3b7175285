"""Links: which are made of bare addresses, and how those that lead home are written."""

from linkify_it import LinkifyIt
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore

from forum.core.markup import urls

# A bare word.ending becomes a link only for these: every two-letter country would turn file.py,
# run.sh and readme.md into addresses. With https:// before it, any host will do.
_ENDINGS = (
    "com net org info biz pro edu gov int eu asia africa coop museum shop online site tech app dev "
    "ae at au be bf bj br ca cg ch ci cl cm cn co cz de dk dz ee eg es fi fr ga gb gh gn gr hk hu "
    "ie il in io it jp ke km kr lt lu lv ma mg mr mu mx ne ng nl no nz pe pt qa re ro ru rw sa se "
    "sg si sk sn td tg th tn tr tw tz ua ug uk us vn za"
).split()


class _BareAddresses(LinkifyIt):  # type: ignore[misc]
    def normalize(self, match) -> None:  # type: ignore[no-untyped-def]
        if not match.schema:
            match.url = "https://" + match.url
        else:
            super().normalize(match)


def install(md: MarkdownIt) -> None:
    md.linkify = _BareAddresses().tlds(_ENDINGS)
    md.validateLink = urls.is_safe_link  # type: ignore[method-assign]
    md.core.ruler.push("links_home", _bring_home)


def _bring_home(state: StateCore) -> None:
    home = state.env["context"].home
    for token in state.tokens:
        for child in token.children or ():
            if child.type == "link_open":
                path = urls.home_path(str(child.attrs["href"]), home)
                if path:
                    child.attrs["href"] = path
