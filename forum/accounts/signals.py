"""Facts about people."""

from dataclasses import dataclass

from forum.core.signals import Personal


@dataclass(frozen=True)
class UserRegistered:
    """Someone has asked for an account; the address is not confirmed yet."""

    user_id: int


@dataclass(frozen=True)
class RegistrationRepeated(Personal):
    """Someone has signed up with the address of an account that exists."""

    user_id: int


@dataclass(frozen=True)
class UserConfirmed:
    """A member has shown that the address is his."""

    user_id: int


@dataclass(frozen=True)
class UserChanged:
    """What others see of a member, or what decides his rights, has changed."""

    user_id: int


@dataclass(frozen=True)
class PasswordChanged(Personal):
    """A member has a new password."""

    user_id: int


@dataclass(frozen=True)
class SessionEnded(Personal):
    """A member is no longer signed in, in one browser."""

    session_id: int
    user_id: int


@dataclass(frozen=True)
class MemberLeft:
    """Someone is no longer a member of a group."""

    group_id: int
    user_id: int


@dataclass(frozen=True)
class MemberSilenced:
    """A member may read but not write for a while."""

    user_id: int


@dataclass(frozen=True)
class MemberSuspended:
    """A member may not come in for a while."""

    user_id: int
