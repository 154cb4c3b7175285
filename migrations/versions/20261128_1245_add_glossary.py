"""add glossary"""

import sqlalchemy as sa
from alembic import op

revision = "c41d7e93a5b0"
down_revision = "7c1f0a5be2d4"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "glossary_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("words_fr", sa.String(length=500), nullable=False),
        sa.Column("words_en", sa.String(length=500), nullable=False),
        sa.Column("folded", sa.String(length=1200), nullable=False),
        sa.Column("seed", sa.String(length=200), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["changed_by_id"],
            ["users.id"],
            name=op.f("fk_glossary_entry_changed_by_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_glossary_entry")),
        sa.UniqueConstraint("seed", name=op.f("uq_glossary_entry_seed")),
    )


def downgrade() -> None:
    op.drop_table("glossary_entry")
