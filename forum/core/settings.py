"""What the community decides: declared in code, changed by admins, kept in memory."""

import time
from typing import Any, Generic, TypeVar

from sqlalchemy import String, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.database import Base, after_commit, session

KEPT_SECONDS = 60
T = TypeVar("T", int, float, bool, str)


class StoredSetting(Base):
    """A setting that an admin moved away from its default."""

    __tablename__ = "setting"

    name: Mapped[str] = mapped_column(String(100), primary_key=True)
    value: Mapped[str]


class Setting(Generic[T]):
    """A number or text with a meaning. Call it to read it: `MAX_TITLE()`."""

    declared: dict[str, "Setting[Any]"] = {}  # noqa: RUF012 - the one register of all settings
    _read_again_at = 0.0
    _chosen: dict[str, Any] = {}  # noqa: RUF012 - shared by all on purpose

    def __init__(self, name: str, default: T, description: str) -> None:
        self.name, self.description = name, description
        self.default: T = default
        Setting.declared[name] = self

    def __call__(self) -> T:
        if time.monotonic() > Setting._read_again_at:
            load()
        value: T = Setting._chosen.get(self.name, self.default)
        return value

    def choose(self, value: T) -> None:
        """Change the setting for everyone, once the unit of work is kept."""
        session.execute(delete(StoredSetting).where(StoredSetting.name == self.name))
        session.add(StoredSetting(name=self.name, value=str(value)))
        after_commit(load)

    def _read(self, text: str) -> Any:
        if isinstance(self.default, bool):
            return text == "True"
        return type(self.default)(text)


def load() -> None:
    """Read all stored settings into memory, where they stay for a minute."""
    Setting._read_again_at = time.monotonic() + KEPT_SECONDS
    rows = session.execute(select(StoredSetting.name, StoredSetting.value)).all()
    Setting._chosen = {
        row.name: Setting.declared[row.name]._read(row.value)
        for row in rows
        if row.name in Setting.declared
    }
