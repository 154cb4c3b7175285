"""keep what was sought"""

import sqlalchemy as sa
from alembic import op

revision = "e3a96b1f4c72"
down_revision = "5d20c7b8e914"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "search_day",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("words", sa.String(length=120), nullable=False),
        sa.Column("lang", sa.String(length=2), nullable=False),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("found_none", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day", "key", name=op.f("pk_search_day")),
    )
    op.create_index("ix_search_day_key", "search_day", ["key"])
    op.create_table(
        "search_asker",
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("who", sa.String(length=16), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("key", "who", name=op.f("pk_search_asker")),
    )
    op.create_index("ix_search_asker_last_on", "search_asker", ["last_on"])
    op.create_table(
        "search_dismissed_gap",
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("dismissed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("dismissed_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["dismissed_by_id"],
            ["users.id"],
            name=op.f("fk_search_dismissed_gap_dismissed_by_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_search_dismissed_gap")),
    )


def downgrade() -> None:
    op.drop_table("search_dismissed_gap")
    op.drop_index("ix_search_asker_last_on", "search_asker")
    op.drop_table("search_asker")
    op.drop_index("ix_search_day_key", "search_day")
    op.drop_table("search_day")
