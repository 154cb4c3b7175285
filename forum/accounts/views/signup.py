"""Signing up, and confirming the address."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, session, url_for

from forum.accounts import jobs, queries, settings
from forum.accounts.forms import SignUpForm
from forum.accounts.service import addresses, registration, tokens
from forum.core.database import transaction
from forum.core.errors import Forbidden, Invalid
from forum.core.i18n import _, current_locale
from forum.web import callers
from forum.web.guards import viewer

bp = Blueprint("signup", __name__, url_prefix="/signup")

ASKED_FOR = "asked_for"  # the address typed, in the visitor's own cookie


@bp.get("")
def show() -> Any:
    if not viewer().is_guest:
        return redirect("/")
    return _page(SignUpForm())


@bp.post("")
def create() -> Any:
    form = SignUpForm()
    if form.validate() and not _faults(form):
        try:
            _register(form)
        except (Invalid, Forbidden) as refusal:
            form.refuse(refusal)
        else:
            return redirect(url_for("signup.sent"))
    return _page(form), 422


@bp.get("/sent")
def sent() -> Any:
    """The same page whether or not the address had an account."""
    address = _waiting_address()
    if not address:
        return redirect("/")
    return render_template(
        "accounts/check_mail.html", mailbox=address, hours=settings.CONFIRM_HOURS()
    )


@bp.post("/mail")
def send_again() -> Any:
    address = _waiting_address()
    if address:
        settings.MAIL_ADDRESS.spend(callers.network())
        settings.MAILBOX.spend(addresses.mailbox(address))
        jobs.mail_confirmation_again.later(email=address)
        flash(_("Another message is on its way."), "ok")
    return redirect(url_for("signup.sent"))


@bp.get("/confirm/<secret>")
def ask_to_confirm(secret: str) -> Any:
    """A page with a button: programs that open the links of a mail must not use them up."""
    user = queries.holder(secret, tokens.CONFIRM)
    return render_template("accounts/confirm.html", user=user), 200 if user else 410


@bp.post("/confirm/<secret>")
def confirm(secret: str) -> Any:
    try:
        with transaction():
            user = registration.confirm(secret)
    except Invalid:
        return render_template("accounts/confirm.html", user=None), 410
    session.pop(ASKED_FOR, None)
    flash(_("Your address is confirmed. Welcome, %(name)s.", name=user.display_name), "ok")
    return redirect(url_for("login.show") if viewer().is_guest else "/")


def _faults(form: SignUpForm) -> bool:
    """Show all that is wrong at once, before anything is counted."""
    typed = form.data
    found = list(
        registration.faults(
            username=typed["username"],
            email=typed["email"],
            password=typed["password"],
            name=typed["name"],
        )
    )
    for fault in found:
        form.refuse(fault)
    return bool(found)


def _register(form: SignUpForm) -> None:
    settings.SIGN_UP.spend(callers.network())
    address = addresses.normalize(form.email.data)
    settings.MAILBOX.spend(addresses.mailbox(address))
    with transaction():
        registration.register(
            username=form.username.data,
            email=address,
            password=form.password.data,
            name=form.name.data,
            locale=current_locale(),
        )
    session[ASKED_FOR] = address


def _waiting_address() -> str:
    person = viewer()
    if person.is_guest:
        return str(session.get(ASKED_FOR, ""))
    return "" if person.confirmed_at else person.email or ""


def _page(form: SignUpForm) -> str:
    return render_template(
        "accounts/signup.html", form=form, least=settings.MIN_PASSWORD(), is_open=_is_open()
    )


def _is_open() -> bool:
    return settings.SIGN_UP_OPEN()
