"""A browser that belongs to one person of the cast."""

from collections.abc import Callable
from contextvars import Context
from typing import Any, TypeVar

from flask import Flask
from itsdangerous import URLSafeTimedSerializer
from werkzeug.test import TestResponse

from forum.accounts.models.token import UserSession, digest, fresh_secret
from forum.core import clock
from forum.core.database import session, transaction

T = TypeVar("T")
CSRF_RAW = "a" * 40


class Visitor:
    """Asks for pages as one person, each time in an empty context, as a server would.

    Flask reuses an application context that is already open and Flask-Login keeps the user in it:
    without the empty context one person would be served as another.
    """

    def __init__(self, app: Flask, user: Any = None) -> None:
        self.app = app
        self.user = user
        self.client = app.test_client()
        self.secret = ""
        signer = URLSafeTimedSerializer(app.secret_key or "", salt="wtf-csrf-token")
        self.csrf_token = signer.dumps(CSRF_RAW)
        self.in_empty_context(self._sign_in)

    def get(self, path: str, **options: Any) -> TestResponse:
        return self._ask("get", path, options)

    def post(self, path: str, data: Any = None, **options: Any) -> TestResponse:
        return self._ask("post", path, {"data": data, **options}, writes=True)

    def put(self, path: str, data: Any = None, **options: Any) -> TestResponse:
        return self._ask("put", path, {"data": data, **options}, writes=True)

    def delete(self, path: str, data: Any = None, **options: Any) -> TestResponse:
        return self._ask("delete", path, {"data": data, **options}, writes=True)

    def read(self, path: str, **options: Any) -> str:
        """The page's text; the page must be there."""
        response = self.get(path, **options)
        assert response.status_code == 200, f"{path} answered {response.status_code}"
        return response.get_data(as_text=True)

    def in_empty_context(self, act: Callable[[], T]) -> T:
        """Do something as a server would, whatever context the test has open."""
        return Context().run(act)

    def _ask(self, verb: str, path: str, options: dict[str, Any], *, writes: bool = False) -> Any:
        headers = dict(options.pop("headers", None) or {})
        if writes and options.pop("csrf", True):
            headers.setdefault("X-CSRFToken", self.csrf_token)
        return self.in_empty_context(
            lambda: getattr(self.client, verb)(path, headers=headers, **options)
        )

    def _sign_in(self) -> None:
        with self.client.session_transaction() as cookie:
            cookie["csrf_token"] = CSRF_RAW
        if self.user is None or self.user.is_guest:
            return
        self.secret = fresh_secret()
        moment = clock.now()
        with self.app.app_context(), transaction():
            session.add(
                UserSession(
                    user_id=self.user.id,
                    digest=digest(self.secret),
                    created_at=moment,
                    last_seen_at=moment,
                    expires_at=moment.replace(year=moment.year + 1),
                    remember=True,
                )
            )
        with self.client.session_transaction() as cookie:
            cookie["_user_id"] = self.secret
            cookie["_fresh"] = True
