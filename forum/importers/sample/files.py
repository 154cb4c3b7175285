"""Reading the files of the demo community; its README says how they are written."""

import re
import tomllib
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any

from forum.core import clock

FOLDER = Path(__file__).parent.parent / "demo_community"

_POST = re.compile(
    r"^--- (?P<username>[a-z0-9.-]+) · (?P<days_ago>\d+) · (?P<time>\d\d:\d\d)"
    r"(?: · likes: (?P<likes>[a-z0-9., -]+))?(?: · reply_to: (?P<reply_to>\d+))?"
    r"(?: · lang: (?P<lang>fr|en))?$",
    re.MULTILINE,
)
# Hours since their last post: moved there as they are, so that something is always new.
_JUST_NOW = {
    "11-certificat-origine-delegataire": 3,
    "24-peroxide-free-gasket-compound": 7,
    "18-sales-agent-medical-tools-north-america": 20,
}


@dataclass
class Section:
    """A part of a file of keys: a member, a category, …"""

    slug: str
    keys: dict[str, str]
    prose: str

    def __getitem__(self, key: str) -> str:
        return self.keys[key]

    def get(self, key: str, default: str = "") -> str:
        return self.keys.get(key, default)

    def many(self, key: str) -> list[str]:
        """A list of words."""
        return [word for word in self.get(key).split(", ") if word]


@dataclass
class Saying:
    """A post: who, when, what."""

    username: str
    moment: datetime
    likes: list[str]
    reply_to: int | None
    lang: str | None
    body: str


@dataclass
class Conversation:
    """A topic or an opportunity with its posts."""

    name: str
    front: dict[str, Any]
    posts: list[Saying] = field(default_factory=list)


def sections(name: str) -> list[Section]:
    """The parts of a file such as `members.md`."""
    text = (FOLDER / name).read_text("utf-8")
    found = []
    for part in re.split(r"^## ", text, flags=re.MULTILINE)[1:]:
        head, _, prose = part.partition("\n\n")
        slug, *lines = head.strip().split("\n")
        keys = dict(line.split(": ", 1) for line in lines)
        found.append(Section(slug.strip(), keys, prose.strip()))
    return found


def conversations(folder: str) -> list[Conversation]:
    """The topics of a folder, in the order of their numbers."""
    return [_conversation(path) for path in sorted((FOLDER / folder).glob("*.md"))]


def _conversation(path: Path) -> Conversation:
    _, front, body = re.split(r"^\+\+\+$", path.read_text("utf-8"), maxsplit=2, flags=re.MULTILINE)
    marks = list(_POST.finditer(body))
    ends = [*(mark.start() for mark in marks[1:]), len(body)]
    posts = [
        Saying(
            username=mark["username"],
            moment=_moment(int(mark["days_ago"]), mark["time"]),
            likes=mark["likes"].split(", ") if mark["likes"] else [],
            reply_to=int(mark["reply_to"]) if mark["reply_to"] else None,
            lang=mark["lang"],
            body=body[mark.end() : end].strip(),
        )
        for mark, end in zip(marks, ends, strict=True)
    ]
    if path.stem in _JUST_NOW:
        later = clock.now() - timedelta(hours=_JUST_NOW[path.stem]) - posts[-1].moment
        for post in posts:
            post.moment += later
    return Conversation(path.stem, tomllib.loads(front), posts)


def _moment(days_ago: int, time_of_day: str) -> datetime:
    day = clock.now().date() - timedelta(days=days_ago)
    return datetime.combine(day, time.fromisoformat(time_of_day), tzinfo=UTC)
