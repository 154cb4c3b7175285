"""The four ways in which a rule says no; the web turns them into pages and JSON."""


class Refusal(Exception):
    """A rule said no. `message` is written for the person who asked."""

    def __init__(self, message: str = "") -> None:
        super().__init__(message)
        self.message = message


class Forbidden(Refusal):
    """The person may see the thing but not do this to it."""


class NotFound(Refusal):
    """Absent or invisible: the two look the same from outside."""


class Invalid(Refusal):
    """The input cannot be taken; `field` names what to mend."""

    def __init__(self, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field


class Conflict(Refusal):
    """Someone else changed the thing first."""


class TooMany(Refusal):
    """A limit is reached; `wait_seconds` says how long until it opens again."""

    def __init__(self, message: str, wait_seconds: int) -> None:
        super().__init__(message)
        self.wait_seconds = wait_seconds


def require(allowed: bool, message: str = "") -> None:
    """Open a service: raise `Forbidden` unless the policy said yes."""
    if not allowed:
        raise Forbidden(message)
