"""A member's notifications: the page, the popover of the bell, marking as read."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import groupby

from flask import Blueprint, jsonify, redirect, render_template, request
from werkzeug.wrappers import Response

from forum.categories.policies import Viewer
from forum.core import clock
from forum.core.database import transaction
from forum.core.i18n import _, ngettext
from forum.notifications import catalogue, service
from forum.notifications.models import ACCEPTED, LIKED, WRITTEN
from forum.notifications.queries import lines
from forum.web import formats
from forum.web.callers import own_path
from forum.web.forms import page_cursor
from forum.web.guards import member, member_only, wants_json
from forum.web.navigation import Item
from forum.web.params import params

bp = Blueprint("notifications", __name__)

IN_POPOVER = 8


@dataclass(frozen=True)
class Tab:
    """A part of the list, with its own address."""

    name: str
    label: str
    kinds: tuple[str, ...] = ()
    unread: bool = False
    count: int = 0
    current: bool = False

    @property
    def path(self) -> str:
        return f"/notifications?filter={self.name}" if self.name else "/notifications"

    @property
    def is_news(self) -> bool:
        return self.unread


@dataclass(frozen=True)
class Day:
    """The notifications of one day."""

    name: str
    is_today: bool
    lines: list[lines.Line]


@bp.get("/notifications")
@member_only
def index() -> str:
    """All of them by day, or a part."""
    person = member()
    tabs = _tabs(lines.counts(person), request.args.get("filter", ""))
    tab = next((tab for tab in tabs if tab.current), tabs[0])
    found = lines.listed(person, kinds=tab.kinds, unread=tab.unread, after=page_cursor())
    return render_template(
        "notifications/list.html",
        tabs=tabs,
        tab=tab,
        days=_by_day(found),
        cursor=found.cursor,
        catalogue=catalogue,
        followed=lines.followed_topics(person),
    )


@bp.get("/notifications/recent")
@member_only
def recent() -> str:
    """What the bell opens."""
    person = member()
    return render_template(
        "notifications/_recent.html",
        found=lines.listed(person, size=IN_POPOVER),
        unread=lines.unread_count(person),
        catalogue=catalogue,
    )


@bp.post("/notifications/read")
@member_only
def read() -> Response:
    """Mark one as read when `id` names it, else all."""
    person, one = member(), params().integer("id", None)
    with transaction():
        if one is None:
            service.mark_all_read(person)
        else:
            service.mark_read(person, one)
    if wants_json():
        return jsonify(success="OK", unread=lines.unread_count(person))
    return redirect(own_path(params().text("next", None), "/notifications"))


def bell(person: Viewer) -> Iterable[Item]:
    """The bell of the masthead; asked for once a page."""
    if person.is_guest:
        return
    unread = lines.unread_count(person)
    label = (
        ngettext("Notifications, %(count)s unread", "Notifications, %(count)s unread", unread)
        if unread
        else _("Notifications")
    )
    yield Item(
        label=label,
        path="/notifications",
        icon="bell",
        count=unread,
        counter=f"user:{person.id}",
        element="notification-bell",
    )


def _tabs(counts: dict[str, tuple[int, int]], name: str) -> list[Tab]:
    unread = sum(new for _all, new in counts.values())
    talk = sum(counts.get(kind, (0, 0))[0] for kind in WRITTEN)
    thanks = sum(counts.get(kind, (0, 0))[0] for kind in (LIKED, ACCEPTED))
    tabs = [
        Tab("", _("All")),
        Tab("unread", _("To read"), unread=True, count=unread),
        Tab("replies", _("Mentions and replies"), kinds=WRITTEN, count=talk),
        Tab("reactions", _("Reactions"), kinds=(LIKED, ACCEPTED), count=thanks),
    ]
    chosen = name if name in {tab.name for tab in tabs} else ""
    return [replace(tab, current=tab.name == chosen) for tab in tabs]


def _by_day(found: Iterable[lines.Line]) -> list[Day]:
    """The lines under the names of their days, in the reader's time zone."""
    today = formats.long_day(clock.now())
    yesterday = formats.long_day(clock.now() - timedelta(days=1))
    names = {today: _("Today"), yesterday: _("Yesterday")}
    grouped = groupby(found, key=lambda line: formats.long_day(line.notification.created_at))
    return [Day(names.get(day, day), day == today, list(those)) for day, those in grouped]
