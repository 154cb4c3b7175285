"""The numbers of discussions; defaults are Discourse's unless said otherwise."""

from forum.core.limits import Limit
from forum.core.settings import Setting

MIN_TITLE = Setting("topics.min_title", 15, "Shortest topic title, in characters.")
MAX_TITLE = Setting("topics.max_title", 255, "Longest topic title, in characters.")
MIN_BODY = Setting("topics.min_body", 20, "Shortest post, in characters.")
MAX_BODY_BYTES = Setting("topics.max_body_bytes", 32_768, "Longest post, in bytes of UTF-8.")
MAX_TAGS = Setting("topics.max_tags", 5, "Most tags on a topic.")
EDIT_HOURS_NEW = Setting("topics.edit_hours_new", 24, "Hours a new member may edit a post.")
EDIT_DAYS_TRUSTED = Setting("topics.edit_days_trusted", 30, "Days a member of level 2 may.")
GRACE_MINUTES = Setting(
    "topics.edit_grace_minutes", 5, "Minutes in which one's own small edits keep no version."
)
NEW_DAYS = Setting("topics.new_days", 2, "Days a topic nobody opened stays new.")
TRACK_AFTER_SECONDS = Setting(
    "topics.track_after_seconds", 300, "Reading time after which a topic is tracked, in seconds."
)
POSTS_PER_PAGE = Setting("topics.posts_per_page", 20, "Posts on a page of a topic.")
TOPICS_PER_PAGE = Setting("topics.topics_per_page", 30, "Topics on a page of a list.")
MAX_MENTIONS = Setting("topics.max_mentions", 10, "Most mentions that notify, per post.")
LIKES_PER_DAY = Setting("topics.likes_per_day", 50, "Likes a day; more from level 2 on.")
MAX_DRAFT = Setting("topics.max_draft", 400_000, "Longest draft, in characters.")

CREATE = Limit("topics.create", "1 per 15 second; 20 per day")
REPLY = Limit("topics.reply", "1 per 5 second")
CREATE_NEW = Limit("topics.create_new", "1 per 120 second; 3 per day")  # trust level 0
REPLY_NEW = Limit("topics.reply_new", "1 per 30 second; 10 per day")
EDIT = Limit("topics.edit", "30 per day")
PREVIEW = Limit("topics.preview", "120 per minute")
