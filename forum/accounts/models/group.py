"""Groups are for access: who may see, reply and create where."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.database import Base, related
from forum.core.i18n import lazy

# Automatic groups, with Discourse's ids where it has the group. Nobody is a row in them:
# membership follows from the account itself, see `User.automatic_group_ids`.
EVERYONE, ADMINS, MODERATORS, STAFF, MEMBERS = 0, 1, 2, 3, 4
TRUST_LEVEL_0 = 10
AUTOMATIC = {
    EVERYONE: "everyone",
    ADMINS: "admins",
    MODERATORS: "moderators",
    STAFF: "staff",
    MEMBERS: "members",
    **{TRUST_LEVEL_0 + level: f"trust_level_{level}" for level in range(5)},
}
LABELS = {
    EVERYONE: lazy("Everyone"),
    ADMINS: lazy("Administrators"),
    MODERATORS: lazy("Moderators"),
    STAFF: lazy("Team"),
    MEMBERS: lazy("Members"),
    TRUST_LEVEL_0: lazy("Members of level 0 and more"),
    TRUST_LEVEL_0 + 1: lazy("Members of level 1 and more"),
    TRUST_LEVEL_0 + 2: lazy("Members of level 2 and more"),
    TRUST_LEVEL_0 + 3: lazy("Members of level 3 and more"),
    TRUST_LEVEL_0 + 4: lazy("Members of level 4"),
}
FIRST_MADE_ID = 100


class Group(Base):
    """People who share rights. Automatic ones are filled by rule, made ones by staff."""

    __tablename__ = "groups"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(60), unique=True)
    full_name: Mapped[str] = mapped_column(String(120), default="")
    automatic: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]

    members: Mapped[list["Membership"]] = related(back_populates="group")

    @property
    def path(self) -> str:
        return f"/g/{self.name}"

    @property
    def label(self) -> str:
        """How people read it, in the current language where the group is automatic."""
        return str(LABELS.get(self.id) or self.full_name or self.name)


class Membership(Base):
    """A user in a made group."""

    __tablename__ = "membership"

    group_id: Mapped[int] = mapped_column(
        ForeignKey("groups.id", ondelete="CASCADE"), primary_key=True
    )
    user_id: Mapped[int] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    owner: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]

    group: Mapped[Group] = related(back_populates="members")
