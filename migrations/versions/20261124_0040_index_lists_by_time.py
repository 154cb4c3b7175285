"""index lists by time"""

import sqlalchemy as sa
from alembic import op

revision = "7c1f0a5be2d4"
down_revision = "2a4b6cb03c03"
branch_labels = None
depends_on = None

LISTED = sa.text("deleted_at IS NULL AND listed")
PINNED = sa.text("pinned_at IS NOT NULL")


def upgrade() -> None:
    op.drop_index("ix_topic_bumped", "topic")
    op.create_index("ix_topic_bumped", "topic", ["bumped_at", "id"])
    op.create_index(
        "ix_topic_pinned", "topic", ["pinned_at"], postgresql_where=PINNED, sqlite_where=PINNED
    )
    op.create_index("ix_topic_reading_followed", "topic_reading", ["user_id", "level"])


def downgrade() -> None:
    op.drop_index("ix_topic_reading_followed", "topic_reading")
    op.drop_index("ix_topic_pinned", "topic")
    op.drop_index("ix_topic_bumped", "topic")
    op.create_index(
        "ix_topic_bumped", "topic", ["bumped_at", "id"],
        postgresql_where=LISTED, sqlite_where=LISTED,
    )  # fmt: skip
