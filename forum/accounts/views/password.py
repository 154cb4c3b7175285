"""A forgotten password: a link is sent, and a new one chosen."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, session, url_for

from forum.accounts import jobs, queries, settings
from forum.accounts.forms import ForgottenForm, NewPasswordForm
from forum.accounts.service import addresses, recovery, tokens
from forum.core.database import transaction
from forum.core.errors import Invalid
from forum.core.i18n import _
from forum.web import callers

bp = Blueprint("password", __name__, url_prefix="/password-reset")


@bp.get("")
def show() -> Any:
    return render_template("accounts/forgotten.html", form=ForgottenForm())


@bp.post("")
def ask() -> Any:
    """The same answer, in the same time, whether or not the account exists."""
    form = ForgottenForm()
    if not form.validate():
        return render_template("accounts/forgotten.html", form=form), 422
    settings.MAIL_ADDRESS.spend(callers.network())
    settings.MAILBOX.spend(addresses.mailbox(form.login.data))
    jobs.mail_password_reset.later(login=form.login.data)
    return render_template(
        "accounts/forgotten_sent.html", login=form.login.data, hours=settings.RESET_HOURS()
    )


@bp.get("/<secret>")
def choose(secret: str) -> Any:
    return _page(secret, NewPasswordForm())


@bp.post("/<secret>")
def change(secret: str) -> Any:
    form = NewPasswordForm()
    if form.validate():
        try:
            with transaction():
                recovery.reset_password(secret, password=form.password.data)
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            session.clear()
            flash(_("Your password is changed. Sign in with the new one."), "ok")
            return redirect(url_for("login.show"))
    page, status = _page(secret, form)
    return page, 422 if status == 200 else status


def _page(secret: str, form: NewPasswordForm) -> tuple[str, int]:
    user = queries.holder(secret, tokens.RESET)
    page = render_template(
        "accounts/new_password.html", form=form, user=user, least=settings.MIN_PASSWORD()
    )
    return page, 200 if user else 410
