"""E-mail addresses: read, compared, and counted without being fooled."""

from email_validator import EmailNotValidError, validate_email

from forum.core.errors import Invalid
from forum.core.i18n import _


def normalize(typed: str, *, field: str = "email") -> str:
    """The address as it is kept, in lower case; raises `Invalid` when it cannot be one."""
    try:
        found = validate_email(
            typed.strip(), check_deliverability=False, allow_domain_literal=False
        )
    except EmailNotValidError as error:
        raise Invalid(_("This does not look like an e-mail address."), field) from error
    return found.normalized.lower()


def mailbox(typed: str) -> str:
    """What limits count by: `ada+news@x.org` and `ADA@x.org` arrive in the same place."""
    local, at, domain = typed.strip().lower().rpartition("@")
    return local.partition("+")[0] + at + domain
