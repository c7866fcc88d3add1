"""The office's desk."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_TABLES = (
    "desk_people",
    "desk_sessions",
    "desk_attempts",
    "desk_log",
    "kept_questions",
    "answer_tally",
    "desk_scores",
    "desk_drafts",
    "desk_findings",
    "desk_choices",
)


def upgrade() -> None:
    """Create the tables of the desk."""
    _create_access()
    _create_questions()
    _create_manuals()


def downgrade() -> None:
    """Drop them."""
    for table in reversed(_TABLES):
        op.drop_table(table)


def _create_access() -> None:
    op.create_table(
        "desk_people",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("password", sa.Text(), nullable=True),
        sa.Column("totp", sa.String(64), nullable=True),
        sa.Column("totp_step", sa.Integer(), nullable=True),
        sa.Column("link", sa.String(64), nullable=True),
        sa.Column("link_until", sa.DateTime(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_desk_people"),
    )
    op.create_index("ix_desk_people_email", "desk_people", ["email"], unique=True)
    op.create_index("ix_desk_people_link", "desk_people", ["link"])
    op.create_table(
        "desk_sessions",
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("person", sa.String(32), nullable=False),
        sa.Column("opened_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_desk_sessions"),
    )
    op.create_index("ix_desk_sessions_person", "desk_sessions", ["person"])
    op.create_index("ix_desk_sessions_updated_at", "desk_sessions", ["updated_at"])
    op.create_table(
        "desk_attempts",
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_desk_attempts"),
    )
    op.create_index("ix_desk_attempts_updated_at", "desk_attempts", ["updated_at"])
    op.create_table(
        "desk_log",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("who", sa.String(254), nullable=False),
        sa.Column("what", sa.String(48), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_desk_log"),
    )
    op.create_index("ix_desk_log_at", "desk_log", ["at"])


def _create_questions() -> None:
    op.create_table(
        "kept_questions",
        sa.Column("answer_id", sa.String(64), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("manual", sa.String(64), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("focus", sa.Text(), nullable=False),
        sa.Column("outcome", sa.String(16), nullable=False),
        sa.Column("reason", sa.String(24), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("ms", sa.Integer(), nullable=False),
        sa.Column("vector", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("answer_id", name="pk_kept_questions"),
    )
    op.create_index("ix_kept_questions_updated_at", "kept_questions", ["updated_at"])
    op.create_index("ix_kept_questions_outcome", "kept_questions", ["outcome"])
    op.create_table(
        "answer_tally",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("manual", sa.String(64), nullable=False),
        sa.Column("outcome", sa.String(16), nullable=False),
        sa.Column("within_ms", sa.Integer(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint(
            "day", "channel", "manual", "outcome", "within_ms", name="pk_answer_tally"
        ),
    )
    op.create_table(
        "desk_scores",
        sa.Column("answer_id", sa.String(64), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("manual", sa.String(64), nullable=False),
        sa.Column("outcome", sa.String(16), nullable=False),
        sa.Column("verdict", sa.String(16), nullable=False),
        sa.Column("cited_right", sa.Integer(), nullable=False),
        sa.Column("cited_wrong", sa.Integer(), nullable=False),
        sa.Column("gold", sa.Text(), nullable=True),
        sa.Column("scored_by", sa.String(254), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("answer_id", name="pk_desk_scores"),
    )
    op.create_index("ix_desk_scores_asked_on", "desk_scores", ["asked_on"])
    op.create_index("ix_desk_scores_updated_at", "desk_scores", ["updated_at"])


def _create_manuals() -> None:
    op.create_table(
        "desk_drafts",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("code", sa.String(64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("read", sa.Text(), nullable=True),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("uploaded_by", sa.String(254), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_desk_drafts"),
    )
    op.create_index("ix_desk_drafts_state", "desk_drafts", ["state"])
    op.create_index("ix_desk_drafts_updated_at", "desk_drafts", ["updated_at"])
    op.create_table(
        "desk_findings",
        sa.Column("manual", sa.String(64), nullable=False),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("set_by", sa.String(254), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("manual", "key", name="pk_desk_findings"),
    )
    op.create_table(
        "desk_choices",
        sa.Column("name", sa.String(32), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_desk_choices"),
    )
