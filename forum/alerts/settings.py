"""The numbers of alerts."""

from datetime import timedelta

from forum.core.settings import Setting

MOST_SEARCHES = Setting("alerts.most_searches", 30, "Searches a member may keep.")
MOST_TOLD = Setting(
    "alerts.most_told", 20, "Topics a saved search tells of at once, the latest of them."
)
MOST_RINGS = Setting(
    "alerts.most_rings", 5, "Of those, how many ring the bell; the rest is on the page of alerts."
)
PER_MINUTE = Setting(
    "alerts.per_minute",
    300,
    "Saved searches that are asked in a minute, the longest waiting first.",
)
MOST_SECONDS = Setting(
    "alerts.most_seconds", 15, "Seconds of each minute that may go into asking them."
)
HOUR = Setting("alerts.hour", 8, "Hour of the daily and weekly ones, in the member's time zone.")
MINUTES_APART = Setting("alerts.minutes_apart", 15, "Minutes between two mails to a member.")
LETTERS_A_DAY = Setting(
    "alerts.letters_a_day", 6, "Mails to a member between two of those hours; the rest waits."
)
KEEP_DAYS = Setting("alerts.keep_days", 90, "Days that what was found stays listed.")

LONGEST_NAME = 80
LONGEST_ADDRESS = 2_000
# What was written this long before the last asking is asked for again: a post has its time before
# it is kept, and is indexed after. While the index is further behind than half of it, nobody asks.
OVERLAP = timedelta(minutes=2)
# How long a search that was deleted can be brought back.
UNDO = timedelta(days=1)
# A mail that was written but not sent is tried again after some minutes, until it is old news.
TRY_AGAIN, GIVE_UP = timedelta(minutes=3), timedelta(days=1)
