"""The link in a mail that stops such mails: signed, so that it works without signing in."""

from typing import NamedTuple

from itsdangerous import BadSignature, URLSafeSerializer

from forum.config import config

SALT = "alerts.stop"


class Stop(NamedTuple):
    """Whose mails a link stops: those of one saved search, or all."""

    user_id: int
    saved_search_id: int | None


def stop(user_id: int, saved_search_id: int | None = None) -> str:
    """The address, from the configuration only, as in every mail."""
    secret = _signer().dumps([user_id, saved_search_id])
    return f"{config().base_url}/alerts/mail/{secret!s}"


def read(secret: str) -> Stop | None:
    """What a link stops; nothing when it is none of ours."""
    try:
        user_id, saved_search_id = _signer().loads(secret)
    except (BadSignature, ValueError, TypeError):
        return None
    return Stop(user_id, saved_search_id)


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(config().signing_key, salt=SALT)
