"""The numbers of signing up and in; limits are Discourse's unless said otherwise."""

from forum.core.limits import Limit
from forum.core.settings import Setting

SIGN_UP_OPEN = Setting("accounts.sign_up_open", True, "Anyone may ask for an account.")
MIN_USERNAME = Setting("accounts.min_username", 3, "Shortest username, in characters.")
MAX_USERNAME = Setting("accounts.max_username", 20, "Longest username, in characters.")
MIN_PASSWORD = Setting("accounts.min_password", 10, "Shortest password, in characters.")
MAX_BIO = Setting("accounts.max_bio", 3000, "Longest presentation, in characters.")
CONFIRM_HOURS = Setting("accounts.confirm_hours", 48, "Hours a link to confirm an address lives.")
RESET_HOURS = Setting("accounts.reset_hours", 1, "Hours a link to a new password lives.")
REMEMBERED_DAYS = Setting(
    "accounts.remembered_days", 30, "Days without a visit after which a kept session ends."
)
SESSION_HOURS = Setting(
    "accounts.session_hours", 24, "Hours without a visit after which any other session ends."
)
MOST_SESSION_DAYS = Setting("accounts.most_session_days", 180, "Days after which all sessions end.")
SEEN_MINUTES = Setting("accounts.seen_minutes", 5, "Minutes between two notes of a visit.")
UNCONFIRMED_DAYS = Setting(
    "accounts.unconfirmed_days", 14, "Days after which an account nobody confirmed is forgotten."
)
MEMBERS_PER_PAGE = Setting("accounts.members_per_page", 48, "Members on a page of the directory.")

# Longer passwords are refused rather than cut.
MAX_PASSWORD = 256
AVATAR_PIXELS = 240
MAX_PICTURE_PIXELS = 40_000_000

SIGN_IN = Limit("accounts.sign_in", "6 per minute; 30 per hour")  # per network address
# Counted apart for browsers the member has used, so that strangers cannot lock him out.
SIGN_IN_ACCOUNT = Limit("accounts.sign_in_account", "10 per 15 minute; 60 per day")
SIGN_UP = Limit("accounts.sign_up", "5 per hour; 20 per day")  # per network address
MAIL_ADDRESS = Limit("accounts.mail_address", "10 per hour")  # mails asked for, per network address
MAILBOX = Limit("accounts.mailbox", "1 per 20 second; 5 per day")  # mails asked for, per mailbox
PASSWORD_CHECK = Limit("accounts.password_check", "10 per 15 minute")  # per signed-in member
PICTURE = Limit("accounts.picture", "20 per hour")
