"""index titles of topics"""

from alembic import op

revision = "5d20c7b8e914"
down_revision = "c41d7e93a5b0"
branch_labels = None
depends_on = None

COLUMNS = ["bumped_at", "id", "slug", "category_id", "listed", "deleted_at"]


def upgrade() -> None:
    op.create_index("ix_topic_titles", "topic", COLUMNS, unique=False)


def downgrade() -> None:
    op.drop_index("ix_topic_titles", table_name="topic")
