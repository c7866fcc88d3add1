"""What a bot must remember over a restart."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the two tables of bots."""
    op.create_table(
        "inbox",
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("payload", sa.Text(), nullable=True),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_inbox"),
    )
    op.create_index("ix_inbox_updated_at", "inbox", ["updated_at"])
    op.create_table(
        "screens",
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("chat", sa.String(64), nullable=False),
        sa.Column("shown", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_screens"),
    )
    op.create_index("ix_screens_chat", "screens", ["chat"])
    op.create_index("ix_screens_updated_at", "screens", ["updated_at"])


def downgrade() -> None:
    """Drop them."""
    op.drop_table("screens")
    op.drop_table("inbox")
