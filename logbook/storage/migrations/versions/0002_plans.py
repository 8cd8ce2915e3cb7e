"""Planned sessions and routines."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make their tables; nothing that was there is touched."""
    op.create_table(
        "planned_session",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("date", sa.Text(), nullable=False),
        sa.Column("setting", sa.Text(), nullable=True),
        sa.Column("device", sa.Text(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_planned_session_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_planned_session")),
    )
    op.create_index(op.f("ix_planned_session_person_id"), "planned_session", ["person_id"], unique=False)
    op.create_table(
        "planned_session_zone",
        sa.Column("planned_session_id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("zone", sa.Text(), nullable=True),
        sa.Column("depth_hundredths", sa.Integer(), nullable=True),
        sa.Column("passes", sa.Integer(), nullable=True),
        sa.CheckConstraint("depth_hundredths >= 0", name=op.f("ck_planned_session_zone_depth")),
        sa.CheckConstraint("passes > 0", name=op.f("ck_planned_session_zone_passes")),
        sa.ForeignKeyConstraint(
            ["planned_session_id"],
            ["planned_session.id"],
            name=op.f("fk_planned_session_zone_planned_session_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("planned_session_id", "position", name=op.f("pk_planned_session_zone")),
    )
    op.create_table(
        "routine",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Text(), nullable=False),
        sa.Column("every_days", sa.Integer(), nullable=False),
        sa.Column("setting", sa.Text(), nullable=True),
        sa.Column("ends_on", sa.Text(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.CheckConstraint("every_days > 0", name=op.f("ck_routine_every")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_routine_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_routine")),
    )
    op.create_index(op.f("ix_routine_person_id"), "routine", ["person_id"], unique=False)
    op.create_table(
        "routine_zone",
        sa.Column("routine_id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("zone", sa.Text(), nullable=True),
        sa.Column("depth_hundredths", sa.Integer(), nullable=True),
        sa.Column("passes", sa.Integer(), nullable=True),
        sa.CheckConstraint("depth_hundredths >= 0", name=op.f("ck_routine_zone_depth")),
        sa.CheckConstraint("passes > 0", name=op.f("ck_routine_zone_passes")),
        sa.ForeignKeyConstraint(
            ["routine_id"], ["routine.id"], name=op.f("fk_routine_zone_routine_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("routine_id", "position", name=op.f("pk_routine_zone")),
    )
