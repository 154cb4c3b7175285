"""create_app(): the table of contents of the whole program, by hand and in order."""

import logging
from datetime import timedelta
from types import SimpleNamespace
from uuid import uuid4

from flask import Flask
from flask_login import LoginManager
from flask_migrate import Migrate
from werkzeug.middleware.proxy_fix import ProxyFix

import forum.accounts.handlers  # noqa: F401 - its handlers listen from now on
from forum.accounts import api as accounts_api
from forum.accounts import queries as accounts
from forum.accounts import written
from forum.accounts.admin import groups as admin_groups
from forum.accounts.admin import menu as accounts_menu
from forum.accounts.admin import outbox as admin_outbox
from forum.accounts.admin import users as admin_users
from forum.accounts.guest import Guest
from forum.accounts.models.user import User
from forum.accounts.service import api_keys
from forum.accounts.views import (
    avatars,
    directory,
    groups,
    login,
    look,
    password,
    preferences,
    profile,
    sessions,
    signup,
)
from forum.alerts import api as alerts_api
from forum.alerts import jobs as alerts_jobs
from forum.alerts import menu as alerts_menu
from forum.alerts import notice as alerts_notice
from forum.alerts.views import saved, unsubscribing
from forum.categories import admin as categories_admin
from forum.categories import api as categories_api
from forum.categories import forms as category_forms
from forum.categories import policies as categories_policies
from forum.categories import queries as categories
from forum.categories import unread as categories_unread
from forum.categories import views as categories_views
from forum.cli import commands
from forum.config import Config, activate, config
from forum.core import jobs, text, versions
from forum.core.database import db
from forum.core.i18n import lazy
from forum.knowledge import views as base_views
from forum.notifications import api as notifications_api
from forum.notifications import handlers as notifications_handlers
from forum.notifications import views as notifications_views
from forum.opportunities import api as opportunities_api
from forum.opportunities import jobs as opportunities_jobs
from forum.opportunities import menu as opportunities_menu
from forum.opportunities import service as opportunities
from forum.opportunities import views as opportunities_views
from forum.pages import api as pages_api
from forum.pages import menu as pages_menu
from forum.pages import views as pages
from forum.realtime import gateway, rooms, sockets
from forum.realtime import handlers as realtime_handlers
from forum.realtime import jobs as realtime_jobs
from forum.realtime import queries as realtime
from forum.search import api as search_api
from forum.search import handlers as search_handlers
from forum.search import jobs as search_jobs
from forum.search import views as search_views
from forum.search.admin import gaps as admin_gaps
from forum.search.admin import glossary as admin_glossary
from forum.search.admin import index as admin_index
from forum.search.admin import menu as search_menu
from forum.topics import admin as tags_admin
from forum.topics import handlers as topics_handlers
from forum.topics import jobs as topics_jobs
from forum.topics import kinds, rings
from forum.topics import policies as topics_policies
from forum.topics.api import lists as lists_api
from forum.topics.api import posts as posts_api
from forum.topics.kinds import Kind
from forum.topics.queries import activity, unread
from forum.topics.views import composer, drafts, lists, posts, reactions, thread
from forum.topics.views import tags as tags_views
from forum.vocabulary import api as vocabulary_api
from forum.web import api as web_api
from forum.web import (
    compiling,
    compression,
    errors,
    guards,
    kept_pages,
    locale,
    navigation,
    routing,
    security,
    templating,
)
from forum.web.forms import csrf

REMEMBER_DAYS = 30

# Importing them is what makes them listen.
_HANDLERS = (
    alerts_jobs,
    notifications_handlers,
    realtime_handlers,
    realtime_jobs,
    search_handlers,
    search_jobs,
    sockets,
    opportunities_jobs,
    topics_handlers,
    topics_jobs,
)


def create_app(config: Config | None = None) -> Flask:
    """The whole forum, ready for a server, a command or a test."""
    config = activate(config or Config())
    config.refuse_insecure()
    config.instance.mkdir(parents=True, exist_ok=True)
    app = Flask(
        "forum",
        instance_path=str(config.instance),
        template_folder="../templates",
        static_folder=None,
    )
    app.jinja_environment = compiling.Environment  # type: ignore[assignment]
    _configure(app, config)
    _extend(app)
    _recognise_viewers(app)
    _register_features(app)
    _speak_to_templates(app)
    commands.init_app(app)
    gateway.init_app(app)
    _stand_behind_proxies(app, config)
    return app


def _configure(app: Flask, config: Config) -> None:
    secure = config.base_url.startswith("https://")
    app.config.update(
        SECRET_KEY=config.signing_key,
        SQLALCHEMY_DATABASE_URI=config.sqlalchemy_url,
        SQLALCHEMY_ENGINE_OPTIONS=_engine_options(config),
        MAX_CONTENT_LENGTH=config.max_upload_bytes,
        MAX_FORM_MEMORY_SIZE=2 * 1024 * 1024,
        MAX_FORM_PARTS=500,
        SESSION_COOKIE_NAME="__Host-session" if secure else "session",
        SESSION_COOKIE_SECURE=secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_REFRESH_EACH_REQUEST=False,
        PERMANENT_SESSION_LIFETIME=timedelta(days=REMEMBER_DAYS),
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=secure,
        TEMPLATES_AUTO_RELOAD=False,
    )
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.json.mimetype = "application/json; charset=utf-8"  # type: ignore[attr-defined]
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True, "autoescape": True}
    logging.getLogger("forum").setLevel(logging.INFO)


def _stand_behind_proxies(app: Flask, config: Config) -> None:
    """Outermost, so that pages, files and sockets all see the caller's own address."""
    if config.trusted_proxies:
        hops = config.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, hops, hops, hops, 0, 0)  # type: ignore[method-assign]


def _engine_options(config: Config) -> dict[str, object]:
    if config.sqlalchemy_url.startswith("sqlite"):
        waiting = {"check_same_thread": False, "timeout": 10}
        return {"pool_size": 10, "max_overflow": 40, "connect_args": waiting}
    return {"pool_size": 10, "max_overflow": 40, "pool_pre_ping": True}


def _extend(app: Flask) -> None:
    db.init_app(app)
    Migrate(app, db, directory="migrations")
    kept_pages.init_app(app)
    compression.init_app(app)
    csrf.init_app(app)
    errors.init_app(app)
    locale.init_app(app)
    routing.init_app(app)
    security.init_app(app)
    templating.init_app(app)
    jobs.configure(context=app.app_context)


def _recognise_viewers(app: Flask) -> None:
    login = LoginManager(app)
    login.session_protection = None  # our own sessions table says who is signed in

    @login.user_loader
    def recognise(secret: str) -> User | None:
        if guards.key_given():
            return None
        user = accounts.recognise(secret)
        if user is not None:
            categories.load_rights(user)
        return user

    @login.request_loader
    def recognise_key(_request: object) -> User | None:
        if not guards.key_given():
            return None
        user = api_keys.recognise(guards.key_given(), web_api.name_given())
        if user is not None:
            categories.load_rights(user)
        return user

    def guest() -> Guest:
        visitor, numbers = Guest(), versions.numbers()
        visitor.categories_version = numbers.get("categories", 0)
        visitor.site_version = sum(numbers.values())
        categories.load_rights(visitor)
        return visitor

    login.anonymous_user = guest


def _register_features(app: Flask) -> None:
    """Blueprints, handlers, kinds and menus, feature by feature from the lowest up."""
    for edge in (login, signup, password, sessions, look, preferences, avatars):
        app.register_blueprint(edge.bp)
    for edge in (profile, directory, groups, accounts_api, admin_users, admin_groups, admin_outbox):
        app.register_blueprint(edge.bp)
    navigation.register("staff", accounts_menu.beside_every_page)
    navigation.register("admin", accounts_menu.beside_staff_screens)
    app.register_blueprint(vocabulary_api.bp)
    app.register_blueprint(categories_views.bp)
    app.register_blueprint(categories_api.bp)
    app.register_blueprint(categories_admin.bp)
    navigation.register("categories", categories_views.menu)
    categories_unread.answered_by(unread.totals)
    written.answered_by(activity.written_by)
    rings.answered_by(lambda topic_id: realtime.number(rooms.of_topic(topic_id)))
    for edge in (lists, thread, composer, drafts, posts, reactions):
        app.register_blueprint(edge.bp)
    navigation.register("admin", categories_views.staff_menu)
    category_forms.offer_kinds(lambda: [(k.name, k.label) for k in kinds.all_kinds()])
    app.register_blueprint(tags_views.bp)
    app.register_blueprint(tags_admin.bp)
    navigation.register("admin", tags_admin.menu)
    app.register_blueprint(notifications_views.bp)
    app.register_blueprint(notifications_api.bp)
    navigation.register("tools", notifications_views.bell)
    app.register_blueprint(search_views.bp)
    app.register_blueprint(search_api.bp)
    for edge in (admin_index, admin_gaps, admin_glossary):
        app.register_blueprint(edge.bp)
    navigation.register("staff", search_menu.beside_every_page)
    navigation.register("admin", search_menu.beside_staff_screens)
    for edge in (saved, unsubscribing, alerts_api):
        app.register_blueprint(edge.bp)
    alerts_notice.sign_in()
    navigation.register("account", alerts_menu.in_account_menu)
    _register_business(app)
    web_api.init_app(app)


def _register_business(app: Flask) -> None:
    for edge in (lists_api, posts_api, opportunities_views, opportunities_api, base_views):
        app.register_blueprint(edge.bp)
    for edge in (pages, pages_api):
        app.register_blueprint(edge.bp)
    kinds.register(
        Kind(
            opportunities.KIND,
            lazy("Opportunity"),
            lazy("Opportunities"),
            "handshake",
            list_path="/opportunities",
            form_path="/opportunities/new",
            invitation=lazy("Publish"),
            card=opportunities_views.draw_card,
        )
    )
    navigation.register("main", pages_menu.forum)
    navigation.register("main", opportunities_menu.beside_every_page)
    navigation.register("main", pages_menu.rest)


def _speak_to_templates(app: Flask) -> None:
    """What templates ask of features: rights, places, and what a feature above draws below."""
    app.jinja_env.globals.update(
        policies=SimpleNamespace(topics=topics_policies, categories=categories_policies),
        category_of=categories.by_id,
        topic_card=kinds.card,
        kind_of=kinds.find,
        fresh_key=lambda: uuid4().hex,
        base_url=config().base_url,
    )
    app.add_template_filter(text.bound)
    app.add_template_filter(text.excerpt)
