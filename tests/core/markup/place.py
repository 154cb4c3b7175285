"""A place where some names exist, and which remembers what it was asked."""

from forum.core.markup.context import CategoryLink, Context, QuoteLink, TagLink
from forum.core.markup.cooked import Cooked
from forum.core.markup.markdown import cook

MEMBERS = {"rose", "ines.querouan", "max_b", "élodie", "李雷", "नमस्ते"}
CATEGORIES = {"logistique": CategoryLink("/c/logistique/3", "Logistique & douanes", 2)}
TAGS = {
    "maritime": TagLink("/tag/maritime", "maritime"),
    "logistique": TagLink("/tag/logistique", "never seen"),
    "chaîne-du-froid": TagLink("/tag/chaîne-du-froid", "chaîne-du-froid"),
}


class Place:
    def __init__(self):
        self.asked = []

    def resolve_mentions(self, usernames):
        self.asked.append(("mentions", tuple(usernames)))
        return {name: f"/u/{name}" for name in usernames if name in MEMBERS}

    def resolve_categories(self, slugs):
        self.asked.append(("categories", tuple(slugs)))
        return {slug: CATEGORIES[slug] for slug in slugs if slug in CATEGORIES}

    def resolve_tags(self, names):
        self.asked.append(("tags", tuple(names)))
        return {name: TAGS[name] for name in names if name in TAGS}

    def resolve_quotes(self, sources):
        self.asked.append(("quotes", tuple(sources)))
        return {
            source: QuoteLink(f"/t/froid/{source.topic_id}/{source.post_number}", "Inès Quérouan")
            for source in sources
            if source.topic_id == 42
        }


def cooked(raw: str, *, prefix: str = "p118", place: Place | None = None) -> Cooked:
    links = place or Place()
    return cook(raw, Context(links=links, footnote_prefix=prefix, base_url="https://forum.example"))


def html(raw: str) -> str:
    return cooked(raw).html.strip()
