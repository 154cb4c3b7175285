"""The link in a mail that stops such mails, for whoever holds the mail: without signing in."""

from typing import Any

from flask import Blueprint, render_template

from forum.accounts import queries as accounts
from forum.alerts import links
from forum.alerts.links import Stop
from forum.alerts.service import saving
from forum.core.database import transaction
from forum.core.errors import Forbidden
from forum.core.i18n import _, set_locale
from forum.web.forms import csrf
from forum.web.params import params

ONE_CLICK = "One-Click"

bp = Blueprint("unsubscribing", __name__, url_prefix="/alerts/mail")


@bp.get("/<secret>")
def ask(secret: str) -> str:
    """A page with a button: programs that open the links of a mail must not stop anything."""
    _read(secret)
    return render_template("alerts/stop.html", done=False)


@bp.post("/<secret>")
@csrf.exempt  # mail programs post here by themselves (RFC 8058); the signed link is the key
def stop(secret: str) -> Any:
    """Send no more of these mails; the bell goes on ringing. Whoever says nothing is asked."""
    said = params().text("List-Unsubscribe", "")
    link = _read(secret)
    if said != ONE_CLICK:
        return render_template("alerts/stop.html", done=False)
    with transaction():
        saving.stop_mails(link.user_id, link.saved_search_id)
    return render_template("alerts/stop.html", done=True)


def _read(secret: str) -> Stop:
    link = links.read(secret)
    owner = accounts.find(link.user_id) if link else None
    if link is None or owner is None:
        raise Forbidden(_("This link is not complete. Copy it again from the mail."))
    set_locale(owner.locale)
    return link
