"""Keeping what a member has begun to write."""

import json
import re
from typing import Any

from sqlalchemy import delete

from forum.accounts.models.user import User
from forum.core import clock
from forum.core.database import insert_once, session
from forum.core.errors import Conflict, Invalid, require
from forum.core.i18n import _
from forum.topics import settings
from forum.topics.models.draft import Draft

_KEY = re.compile(r"(new_topic|new_opportunity|topic_\d{1,12}|post_\d{1,12})")


def keep(*, by: User, key: str, fields: dict[str, Any], sequence: int) -> Draft:
    """Keep a draft. `sequence` is the one the device last saw: a newer one elsewhere wins."""
    require(not by.is_guest)
    if not _KEY.fullmatch(key):
        raise Invalid(_("There is no such draft."), "key")
    content = _written(fields)
    if len(content) > settings.MAX_DRAFT():
        raise Invalid(_("This draft is too long to be kept."), "raw")
    moment = clock.now()
    draft = session.get(Draft, (by.id, key), with_for_update=True)
    if draft is None:
        insert_once(Draft, user_id=by.id, key=key, content="{}", sequence=0, updated_at=moment)
        draft = session.get_one(Draft, (by.id, key), with_for_update=True)
    if sequence < draft.sequence:
        raise Conflict(_("A newer draft was kept on another device."))
    draft.content, draft.updated_at = content, moment
    draft.sequence += 1
    session.flush()
    return draft


def discard(*, by: User, key: str, sequence: int | None = None) -> None:
    """Forget a draft. `sequence` is the one the device last saw: what is newer stays."""
    kept = delete(Draft).where(Draft.user_id == by.id, Draft.key == key)
    session.execute(kept if sequence is None else kept.where(Draft.sequence <= sequence))


def _written(fields: dict[str, Any]) -> str:
    try:
        content = json.dumps(fields, ensure_ascii=False, allow_nan=False)
        content.encode()  # half of a surrogate pair is no text that a database keeps
    except (ValueError, RecursionError) as error:
        raise Invalid(_("This draft cannot be kept."), "fields") from error
    return content
