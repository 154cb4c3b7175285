"""The mail that tells what saved searches have found."""

from collections.abc import Sequence
from itertools import groupby

from forum.accounts.models.user import User
from forum.alerts import links
from forum.alerts.models import SavedSearch, SearchHit
from forum.categories import queries as categories
from forum.config import config
from forum.core import mail
from forum.core.i18n import ngettext, use_locale
from forum.web import letters

# Of each saved search; the rest is on the page.
SHOWN = 10


def found(owner: User, hits: Sequence[SearchHit]) -> None:
    """One mail for all of them, in the language of its reader."""
    parts = [
        (saved, list(those)) for saved, those in groupby(hits, key=lambda hit: hit.saved_search)
    ]
    link = links.stop(owner.id)
    with use_locale(owner.locale):
        subject = _subject(parts, len(hits))
        drawn = letters.drawn(
            "alerts/mail/found",
            user=owner,
            subject=subject,
            locale=owner.locale,
            parts=parts,
            shown=SHOWN,
            place=lambda topic: categories.by_id(topic.category_id).name,
            base_url=config().base_url,
            stop=links.stop,
            stop_all=link,
        )
    mail.send(
        to=owner.email or "",
        subject=subject,
        headers={
            # One click without signing in, by whatever program shows the mail (RFC 8058).
            "List-Unsubscribe": f"<{link}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
        **drawn,
    )


def _subject(parts: Sequence[tuple[SavedSearch, list[SearchHit]]], count: int) -> str:
    if len(parts) == 1:
        return ngettext(
            "%(count)s new post for “%(name)s”",
            "%(count)s new posts for “%(name)s”",
            count,
            name=parts[0][0].name,
        )
    return ngettext(
        "%(count)s new post for your saved searches",
        "%(count)s new posts for your saved searches",
        count,
    )
