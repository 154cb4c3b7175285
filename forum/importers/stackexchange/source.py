"""Where a text comes from: the links to it and to its author that its licence asks for."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from forum.importers.markdown import escape_signs

_LINK = re.compile(r"https?://((?:[a-z0-9-]+\.)+[a-z]{2,})/(?:q|a|questions|users)/\d")
_SITE = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}")
# From each day on texts were given under this version of the licence.
_VERSIONS = (
    (datetime(2018, 5, 2, tzinfo=UTC), "4.0"),
    (datetime(2011, 4, 8, tzinfo=UTC), "3.0"),
    (datetime(1970, 1, 1, tzinfo=UTC), "2.5"),
)


@dataclass(frozen=True, slots=True)
class Source:
    """A post or comment on its site."""

    site: str
    # Behind the site's address.
    path: str
    author: str
    author_id: str
    created_at: datetime

    @property
    def line(self) -> str:
        """Author, place and licence, as a line of Markdown that reads alike in every language."""
        author = escape_signs(self.author)
        if self.author_id:
            author = f"[{author}](<https://{self.site}/users/{self.author_id}>)"
        place = f"[{self.site}/{self.path}](<https://{self.site}/{self.path}>)"
        version = next(number for day, number in _VERSIONS if self.created_at >= day)
        licence = f"[CC BY-SA {version}](<https://creativecommons.org/licenses/by-sa/{version}/>)"
        return f"— {author}, {place}, {licence}"


def is_site(name: str) -> bool:
    """Whether this can be the name of a site: `cooking.stackexchange.com`."""
    return _SITE.fullmatch(name) is not None


def most_linked(texts: Iterable[str]) -> str:
    """The site that the texts lead to most often, which is their own; empty when they lead nowhere."""
    sites = Counter(site for text in texts for site in _LINK.findall(text))
    return max(sites, key=lambda site: (sites[site], site), default="")
