"""add saved searches"""

import sqlalchemy as sa
from alembic import op

revision = "471fadc74b4c"
down_revision = "e3a96b1f4c72"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "alert_letter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("mailed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_alert_letter_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert_letter")),
    )
    op.create_index("ix_alert_letter_user", "alert_letter", ["user_id", "created_at"])

    op.create_table(
        "saved_search",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("asked", sa.String(), nullable=False),
        sa.Column("frequency", sa.String(length=10), nullable=False),
        sa.Column("channel", sa.String(length=10), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_run_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_hit_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("looked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("paused_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_saved_search_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_search")),
    )
    op.create_index("ix_saved_search_due", "saved_search", ["due_at", "user_id"])
    op.create_index("ix_saved_search_user", "saved_search", ["user_id", "id"])

    op.create_table(
        "search_hit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("saved_search_id", sa.Integer(), nullable=False),
        sa.Column("topic_id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("first_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("letter_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["letter_id"],
            ["alert_letter.id"],
            name=op.f("fk_search_hit_letter_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["post_id"], ["post.id"], name=op.f("fk_search_hit_post_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["saved_search_id"],
            ["saved_search.id"],
            name=op.f("fk_search_hit_saved_search_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["topic_id"], ["topic.id"], name=op.f("fk_search_hit_topic_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_hit")),
        sa.UniqueConstraint(
            "saved_search_id", "post_id", name=op.f("uq_search_hit_saved_search_id_post_id")
        ),
    )
    op.create_index("ix_search_hit_letter_id", "search_hit", ["letter_id"])
    op.create_index("ix_search_hit_post_id", "search_hit", ["post_id"])
    op.create_index("ix_search_hit_seen", "search_hit", ["saved_search_id", "first_seen_at"])
    op.create_index("ix_search_hit_topic_id", "search_hit", ["topic_id"])


def downgrade() -> None:
    op.drop_index("ix_search_hit_topic_id", "search_hit")
    op.drop_index("ix_search_hit_seen", "search_hit")
    op.drop_index("ix_search_hit_post_id", "search_hit")
    op.drop_index("ix_search_hit_letter_id", "search_hit")

    op.drop_table("search_hit")
    op.drop_index("ix_saved_search_user", "saved_search")
    op.drop_index("ix_saved_search_due", "saved_search")

    op.drop_table("saved_search")
    op.drop_index("ix_alert_letter_user", "alert_letter")

    op.drop_table("alert_letter")
