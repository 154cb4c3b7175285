"""A member as others see him."""

from typing import Any

from flask import Blueprint, render_template

from forum.accounts import policies, queries, written
from forum.accounts.forms import LANGUAGES
from forum.accounts.models.user import User
from forum.web.guards import viewer

bp = Blueprint("profile", __name__)


@bp.get("/u/<username>")
def show(username: str) -> Any:
    user = queries.visible(viewer(), username)
    return render_template(
        "accounts/profile.html",
        user=user,
        written=written.by(viewer(), user),
        groups=queries.made_groups_of(viewer(), user),
        suspended=policies.is_suspended(user),
        silenced=policies.is_silenced(user) and viewer().is_staff,
        languages=_languages(user),
        tab="summary",
    )


def _languages(user: User) -> list[str]:
    codes = [code.strip() for code in user.languages.split(",")]
    return [LANGUAGES.get(code, code) for code in codes if code]
