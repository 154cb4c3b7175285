"""Which addresses a post may hold, and which of them lead out of the house."""

import re
from urllib.parse import SplitResult, urlsplit

# Browsers drop tabs, line ends and outer controls before they read a scheme, and read `\` as `/`:
# an address with any of them is refused rather than understood. So is one that turns the direction
# of writing, to look like another.
_ODD = re.compile(
    r"[\x00-\x20\x7f-\xa0\\\u2028\u2029\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffd]"
)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_WEB = re.compile(r"https?://[^/?#]", re.IGNORECASE)
_EXTERNAL = re.compile(r"(?:https?:)?//", re.IGNORECASE)


def is_safe_link(url: str) -> bool:
    """Whether a member may link there: http, https, mailto, or an address without a scheme."""
    if _ODD.search(url):
        return False
    if _SCHEME.match(url):
        return bool(_WEB.match(url)) or url[:7].lower() == "mailto:"
    return ":" not in re.split(r"[/?#]", url, maxsplit=1)[0]


def is_safe_image(url: str) -> bool:
    """Whether a picture may come from there: http, https, or a path of our own."""
    if _ODD.search(url):
        return False
    return bool(_WEB.match(url)) or (url.startswith("/") and not url.startswith("//"))


def is_external(url: str) -> bool:
    """Whether the address names a host; links home are paths by the time this is asked."""
    return bool(_EXTERNAL.match(url))


def home_path(url: str, home: SplitResult) -> str | None:
    """The path of an absolute address on our own host, or None when it leads elsewhere."""
    if not home.netloc or not is_external(url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    if parts.netloc.lower() != home.netloc.lower():
        return None
    # One slash only: what follows our host must not become a host itself.
    path = "/" + parts.path.lstrip("/\\")
    query = f"?{parts.query}" if parts.query else ""
    fragment = f"#{parts.fragment}" if parts.fragment else ""
    return path + query + fragment
