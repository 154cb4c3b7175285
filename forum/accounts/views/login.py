"""Signing in and out."""

from typing import Any

from flask import (
    Blueprint,
    current_app,
    flash,
    jsonify,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask_login import login_user
from flask_wtf.csrf import generate_csrf
from itsdangerous import BadSignature, URLSafeSerializer
from werkzeug.wrappers import Response

from forum.accounts import settings
from forum.accounts.forms import SignInForm
from forum.accounts.models.token import fresh_secret
from forum.accounts.models.user import User
from forum.accounts.service import sessions
from forum.accounts.service.sessions import Device
from forum.core.database import transaction
from forum.core.errors import Forbidden, Invalid
from forum.core.i18n import _
from forum.web import callers
from forum.web.guards import viewer

bp = Blueprint("login", __name__)

DEVICE_COOKIE = "device"
DEVICE_SECONDS = 31_536_000


@bp.get("/login")
def show() -> Any:
    destination = callers.own_path(request.args.get("next"))
    if not viewer().is_guest:
        return redirect(destination)
    return render_template("accounts/login.html", form=SignInForm(), destination=destination)


@bp.post("/login")
def create() -> Any:
    form = SignInForm()
    destination = callers.own_path(request.values.get("next"))
    if form.validate():
        settings.SIGN_IN.spend(callers.network())
        try:
            user = sessions.authenticate(form.login.data, form.password.data, device=_device())
        except (Invalid, Forbidden) as refusal:
            form.refuse(refusal)
        else:
            return _enter(user, form, destination)
    return render_template("accounts/login.html", form=form, destination=destination), 422


@bp.get("/session/csrf.json")
def token() -> Response:
    """For a page that was open before signing in elsewhere; other sites cannot read the answer."""
    return jsonify(csrf=generate_csrf())


@bp.post("/logout")
def end() -> Response:
    """Safe to repeat; the site's data in the browser goes too, except what says how pages look."""
    with transaction():
        _end_present_session()
    session.clear()
    flash(_("You are signed out."), "ok")
    return redirect("/")


def _enter(user: User, form: SignInForm, destination: str) -> Response:
    with transaction():
        _end_present_session()
        sessions.begin(
            user,
            password=form.password.data,
            remember=form.remember.data,
            address=callers.address(),
            user_agent=request.user_agent.string,
        )
    # A cookie planted before signing in must be worth nothing after it.
    session.clear()
    session.permanent = form.remember.data
    login_user(user)
    if user.confirmed_at is None:
        destination = url_for("signup.sent")
    return _known(redirect(destination), user)


def _end_present_session() -> None:
    person = viewer()
    if isinstance(person, User) and person.own_session is not None:
        sessions.end(person, person.own_session.id)


def _device() -> Device | None:
    try:
        user_id, mark = _signer().loads(request.cookies.get(DEVICE_COOKIE, ""))
    except (BadSignature, ValueError, TypeError):
        return None
    return Device(user_id, mark)


def _known(response: Any, user: User) -> Any:
    """Let the browser show next time that this member has used it."""
    response.set_cookie(
        DEVICE_COOKIE,
        str(_signer().dumps([user.id, fresh_secret()])),
        max_age=DEVICE_SECONDS,
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        httponly=True,
        samesite="Lax",
        path="/login",
    )
    return response


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="known device")
