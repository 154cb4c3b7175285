"""How long rings are kept, and how much one listener may ask of the server."""

from forum.core.settings import Setting

KEEP_DAYS = Setting("realtime.keep_days", 3, "Days a ring is kept for those who reconnect.")
KEEP_EVENTS = Setting("realtime.keep_events", 1_000, "Most rings kept a room.")
MOST_MISSED = Setting(
    "realtime.most_missed", 200, "Missed rings sent on reconnecting; beyond, the page reloads."
)

# What follows protects the machine, not the community, and is asked where no database is at hand.
SHARE_OF_THREADS = 0.75  # a socket holds a thread of the server: the rest stays for plain pages
SOCKETS_PER_MEMBER = 12
SOCKETS_PER_ADDRESS = 40  # a whole office may share one
ROOMS_PER_SOCKET = 80
MOST_MESSAGES = 40
WINDOW_SECONDS = 10.0
LONGEST_MESSAGE = 16_384  # in bytes; an honest `join` of all rooms has two thousand
PING_SECONDS = 25
PONG_SECONDS = 20
