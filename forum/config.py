"""Every environment variable, read once, typed, each with a safe default."""

import secrets
from functools import cached_property
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class InsecureSetting(Exception):
    """Production mode found a setting it will not run with."""


class Config(BaseSettings):
    """What the machine decides; what the community decides is a `Setting`.

    Each field is read from `FORUM_<NAME>`.
    """

    model_config = SettingsConfigDict(env_prefix="FORUM_", env_ignore_empty=True, extra="ignore")

    instance: Path = Field(
        Path("instance"), description="Folder that holds all state: database, index, uploads, mail."
    )
    production: bool = Field(False, description="Refuse to start with an insecure setting.")
    secret_key: str = Field("", description="Signs cookies and links; made on first run if empty.")
    site_name: str = Field("Comptoir", description="Name of the community, in titles and mails.")
    locale: str = Field("fr", description="Language used when nobody asked for one: fr or en.")
    time_zone: str = Field("Europe/Paris", description="IANA time zone of guests and new members.")
    base_url: str = Field(
        "http://127.0.0.1:8000",
        description="Address written in mails and feeds, without end slash.",
    )
    database_url: str = Field("", description="PostgreSQL or SQLite address; empty: SQLite file.")
    search_engine: Literal["auto", "whoosh", "postgres"] = Field(
        "auto",
        description="Who searches: whoosh (files), postgres (the database itself); "
        "auto: postgres where the database is PostgreSQL.",
    )
    valkey_url: str = Field(
        "", description="Valkey address for jobs and limits; empty: in process."
    )
    mail_url: str = Field(
        "", description="smtp://user:password@host:port or smtps://…; empty: .eml files in outbox."
    )
    mail_from: str = Field("forum@localhost", description="Sender of every mail.")
    limits: bool = Field(True, description="Rate limits; off only to measure and to test.")
    trusted_proxies: int = Field(0, description="How many proxies in front set X-Forwarded-For.")
    sample_data: Path | None = Field(None, description="Folder of real data for tests and bench.")
    max_upload_bytes: int = Field(8 * 1024 * 1024, description="Largest request body, in bytes.")
    upload_bytes: int = Field(
        4 * 1024 * 1024, description="Largest file, in bytes (Discourse's 4 MB)."
    )
    threads: int = Field(128, description="Threads of the web process; a live page holds one.")
    embedded_worker: bool = Field(True, description="Run jobs and indexing inside `flask serve`.")

    @field_validator("base_url")
    @classmethod
    def _without_end_slash(cls, value: str) -> str:
        return value.rstrip("/")

    @field_validator("instance")
    @classmethod
    def _absolute(cls, value: Path) -> Path:
        return value.expanduser().resolve()

    @model_validator(mode="after")
    def _searchable(self) -> Self:
        if self.search_engine == "postgres" and not self.on_postgresql:
            raise ValueError("FORUM_SEARCH_ENGINE=postgres needs PostgreSQL in FORUM_DATABASE_URL")
        return self

    @property
    def on_postgresql(self) -> bool:
        """Whether the database is PostgreSQL."""
        return self.sqlalchemy_url.startswith("postgresql")

    @property
    def search_by(self) -> str:
        """The engine of search: the one that was chosen, else the one that fits the database."""
        if self.search_engine != "auto":
            return self.search_engine
        return "postgres" if self.on_postgresql else "whoosh"

    @cached_property
    def sqlalchemy_url(self) -> str:
        """The database address SQLAlchemy opens; PostgreSQL always through psycopg 3."""
        if not self.database_url:
            return f"sqlite:///{self.instance / 'forum.db'}"
        for plain in ("postgresql://", "postgres://"):
            if self.database_url.startswith(plain):
                return "postgresql+psycopg://" + self.database_url.removeprefix(plain)
        return self.database_url

    @cached_property
    def signing_key(self) -> str:
        """The secret key: the given one, else one made on first run and kept in the instance."""
        if self.secret_key:
            return self.secret_key
        path = self.instance / "secret_key"
        if not path.exists():
            self.instance.mkdir(parents=True, exist_ok=True)
            path.touch(mode=0o600)
            path.write_text(secrets.token_urlsafe(48))
        return path.read_text().strip()

    def refuse_insecure(self) -> None:
        """Raise `InsecureSetting` naming every setting that production may not run with."""
        if not self.production:
            return
        faults = []
        if not self.limits:
            faults.append("FORUM_LIMITS is off: rate limits protect the members")
        if not self.base_url.startswith("https://"):
            faults.append("FORUM_BASE_URL must begin with https://")
        if self.secret_key and len(self.secret_key) < 32:
            faults.append("FORUM_SECRET_KEY is shorter than 32 characters")
        if not self.mail_url:
            faults.append("FORUM_MAIL_URL is empty: members could not confirm their address")
        if self.mail_from.endswith("@localhost"):
            faults.append("FORUM_MAIL_FROM must be a real address")
        if faults:
            raise InsecureSetting("Not starting in production. " + "; ".join(faults) + ".")


_active: Config | None = None


def activate(chosen: Config) -> Config:
    """Make a configuration the one that `config()` gives."""
    global _active
    _active = chosen
    return chosen


def config() -> Config:
    """The configuration this process runs with."""
    return _active or activate(Config())
