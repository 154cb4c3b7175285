"""What the demo's members sought in vain."""

from datetime import timedelta

from sqlalchemy import insert

from forum.core import clock
from forum.core.database import session
from forum.importers.sample.files import sections
from forum.search import gaps
from forum.search.models import SearchAsker, SearchDay


def write_down() -> None:
    """Leave it for staff to read."""
    days, askers = [], []
    for section in sections("sought.md"):
        key, words = gaps.subject(section.slug)
        day = clock.now().date() - timedelta(days=int(section["days_ago"]))
        times = int(section["times"])
        days.append({"day": day, "key": key, "words": words, "lang": section["lang"],
                     "asked": times, "found_none": times})  # fmt: skip
        askers += [
            {"key": key, "who": f"demo {number}", "last_on": day}
            for number in range(int(section["people"]))
        ]
    session.execute(insert(SearchDay), days)
    session.execute(insert(SearchAsker), askers)
