"""index posts with images"""

import sqlalchemy as sa
from alembic import op

revision = "5b8e2d7f90a1"
down_revision = "471fadc74b4c"
branch_labels = None
depends_on = None

SHOWS_IMAGE = sa.text("cooked LIKE '%<img %'")


def upgrade() -> None:
    op.create_index(
        "ix_post_image", "post", ["id"], postgresql_where=SHOWS_IMAGE, sqlite_where=SHOWS_IMAGE
    )


def downgrade() -> None:
    op.drop_index("ix_post_image", "post")
