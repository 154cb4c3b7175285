"""How a member presents himself and likes his pages: one page, one form a section."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request

from forum.accounts import jobs, queries, settings
from forum.accounts.forms import EmailForm, InterfaceForm, PasswordForm, ProfileForm
from forum.accounts.models.user import User
from forum.accounts.service import addresses, profiles, recovery, sessions, tokens
from forum.core.database import transaction
from forum.core.errors import Invalid, TooMany
from forum.core.i18n import _, set_locale
from forum.web import callers
from forum.web.forms import Form
from forum.web.guards import member, member_only, viewer
from forum.web.navigation import Item

bp = Blueprint("preferences", __name__, url_prefix="/preferences")


@bp.get("")
@member_only
def show() -> Any:
    return _page(member())


@bp.post("/profile")
@member_only
def edit_profile() -> Any:
    user, form = member(), ProfileForm()
    if form.validate():
        try:
            with transaction():
                profiles.edit(
                    user,
                    name=form.name.data,
                    company=form.company.data,
                    location=form.location.data,
                    languages=form.languages.data or [],
                    bio=form.bio.data or "",
                )
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            return _saved("profile")
    return _page(user, profile=form), 422


@bp.post("/email")
@member_only
def ask_for_email() -> Any:
    """The same answer whether or not the new address has an account."""
    user, form = member(), EmailForm()
    if form.validate():
        try:
            address = addresses.normalize(form.email.data)
            sessions.check_password(user, form.confirmation.data, field="confirmation")
            settings.MAIL_ADDRESS.spend(callers.network())
            settings.MAILBOX.spend(addresses.mailbox(address))
        except (Invalid, TooMany) as refusal:
            form.refuse(refusal)
        else:
            jobs.mail_email_change.later(user_id=user.id, email=address)
            flash(_("Open the link in the message sent to %(address)s.", address=address), "ok")
            return redirect("/preferences")
    return _page(user, email=form), 422


@bp.get("/email/<secret>")
def ask_to_confirm_email(secret: str) -> Any:
    """A page with a button: programs that open the links of a mail must not use them up."""
    user = queries.holder(secret, tokens.CHANGE_EMAIL)
    return render_template("accounts/confirm_email.html", user=user), 200 if user else 410


@bp.post("/email/<secret>")
def confirm_email(secret: str) -> Any:
    try:
        with transaction():
            recovery.change_email(secret)
    except Invalid as refusal:
        flash(refusal.message, "danger")
        return render_template("accounts/confirm_email.html", user=None), 410
    flash(_("Your new address is confirmed."), "ok")
    return redirect("/login" if viewer().is_guest else "/preferences#account")


@bp.post("/password")
@member_only
def change_password() -> Any:
    user, form = member(), PasswordForm()
    if form.validate():
        try:
            with transaction():
                recovery.change_password(
                    user, current=form.current.data, password=form.password.data
                )
        except (Invalid, TooMany) as refusal:
            form.refuse(refusal)
        else:
            return _saved("security")
    return _page(user, password=form), 422


@bp.post("/interface")
@member_only
def edit_interface() -> Any:
    user, form = member(), InterfaceForm()
    if form.validate():
        try:
            with transaction():
                profiles.choose_interface(
                    user,
                    locale=form.locale.data,
                    theme=form.theme.data,
                    time_zone=form.time_zone.data,
                    shortcuts=form.shortcuts.data,
                )
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            set_locale(user.locale)  # say it in the language just chosen
            return _saved("interface")
    return _page(user, interface=form), 422


def _saved(section: str) -> Any:
    return redirect(f"/preferences?saved={section}#{section}")


def _page(user: User, **refused: Form) -> str:
    """The page, with the one form that was refused as it was sent."""
    forms = {
        "profile": ProfileForm(formdata=None, data=_presented(user)),
        "email": EmailForm(formdata=None),
        "password": PasswordForm(formdata=None),
        "interface": InterfaceForm(formdata=None, obj=user),
    }
    # A refused form was bound to what was typed, so the page goes on from there.
    return render_template(
        "accounts/preferences.html",
        user=user,
        forms=forms | refused,
        sections=_sections(),
        saved=request.args.get("saved"),
        signed_in=queries.sessions_of(user),
        least_password=settings.MIN_PASSWORD(),
        most_bio=settings.MAX_BIO(),
    )


def _presented(user: User) -> dict[str, Any]:
    return {
        "name": user.name,
        "company": user.company,
        "location": user.location,
        "bio": user.bio_raw,
        "languages": [code.strip() for code in user.languages.split(",")],
    }


def _sections() -> list[Item]:
    return [
        Item(_("Profile"), "#profile", "user"),
        Item(_("Account"), "#account", "mail"),
        Item(_("Sessions and security"), "#security", "lock"),
        Item(_("Interface"), "#interface", "palette"),
    ]
