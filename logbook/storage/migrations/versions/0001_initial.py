"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

APPLICATION_ID = 0x534E4C42


def upgrade() -> None:
    """Make every table."""
    op.execute(f"PRAGMA application_id = {APPLICATION_ID}")

    op.create_table(
        "person",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("birth_date", sa.Text(), nullable=True),
        sa.Column("sex", sa.Text(), nullable=True),
        sa.Column("thinning_zones_recorded", sa.Integer(), nullable=False),
        sa.Column("conditions_recorded", sa.Integer(), nullable=False),
        sa.Column("advice_from", sa.Text(), nullable=False),
        sa.Column("advice_on", sa.Text(), nullable=True),
        sa.Column("advice", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
    )
    op.create_table(
        "acknowledgement",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("record_id", sa.Text(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("severity", sa.Integer(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_acknowledgement_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_acknowledgement")),
    )
    op.create_index(op.f("ix_acknowledgement_person_id"), "acknowledgement", ["person_id"], unique=False)
    op.create_table(
        "agreed_limit",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("parameter", sa.Text(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.Column("agreed_with", sa.Text(), nullable=False),
        sa.Column("agreed_on", sa.Text(), nullable=False),
        sa.Column("until", sa.Text(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_agreed_limit_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreed_limit")),
    )
    op.create_index(op.f("ix_agreed_limit_person_id"), "agreed_limit", ["person_id"], unique=False)
    op.create_table(
        "device",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=True),
        sa.Column("depth_meaning", sa.Text(), nullable=True),
        sa.Column("needle_length_hundredths", sa.Integer(), nullable=True),
        sa.Column("needle_count", sa.Integer(), nullable=True),
        sa.Column("retired_on", sa.Text(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.CheckConstraint("needle_count > 0", name=op.f("ck_device_count")),
        sa.CheckConstraint("needle_length_hundredths >= 0", name=op.f("ck_device_length")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_device_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_device")),
    )
    op.create_index(op.f("ix_device_person_id"), "device", ["person_id"], unique=False)
    op.create_table(
        "life_event",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("date", sa.Text(), nullable=False),
        sa.Column("until", sa.Text(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_life_event_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_life_event")),
    )
    op.create_index(op.f("ix_life_event_person_id"), "life_event", ["person_id"], unique=False)
    op.create_table(
        "person_condition",
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("condition", sa.Text(), nullable=False),
        sa.Column("on_date", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_person_condition_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", "position", name=op.f("pk_person_condition")),
    )
    op.create_table(
        "person_thinning_zone",
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_person_thinning_zone_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", "zone", name=op.f("pk_person_thinning_zone")),
    )
    op.create_table(
        "cartridge",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("device_id", sa.Text(), nullable=False),
        sa.Column("lot", sa.Text(), nullable=False),
        sa.Column("needle_length_hundredths", sa.Integer(), nullable=True),
        sa.Column("needle_count", sa.Integer(), nullable=True),
        sa.Column("expires_on", sa.Text(), nullable=True),
        sa.Column("opened_on", sa.Text(), nullable=True),
        sa.Column("retired_on", sa.Text(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.CheckConstraint("needle_count > 0", name=op.f("ck_cartridge_count")),
        sa.CheckConstraint("needle_length_hundredths >= 0", name=op.f("ck_cartridge_length")),
        sa.ForeignKeyConstraint(["device_id"], ["device.id"], name=op.f("fk_cartridge_device_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cartridge")),
    )
    op.create_index(op.f("ix_cartridge_device_id"), "cartridge", ["device_id"], unique=False)
    op.create_table(
        "session",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("date", sa.Text(), nullable=False),
        sa.Column("time", sa.Text(), nullable=True),
        sa.Column("utc_offset_minutes", sa.Integer(), nullable=True),
        sa.Column("setting", sa.Text(), nullable=True),
        sa.Column("device", sa.Text(), nullable=True),
        sa.Column("device_id", sa.Text(), nullable=True),
        sa.Column("cartridge_id", sa.Text(), nullable=True),
        sa.Column("needle_use", sa.Integer(), nullable=True),
        sa.Column("pressure", sa.Text(), nullable=True),
        sa.Column("endpoint", sa.Text(), nullable=True),
        sa.Column("needle_state", sa.Text(), nullable=True),
        sa.Column("needle_shared", sa.Integer(), nullable=True),
        sa.Column("professional_advice", sa.Integer(), nullable=True),
        sa.Column("skin_signs_recorded", sa.Integer(), nullable=False),
        sa.Column("conditions_recorded", sa.Integer(), nullable=False),
        sa.Column("topicals_recorded", sa.Integer(), nullable=False),
        sa.Column("washed_before", sa.Integer(), nullable=True),
        sa.Column("redness_minutes", sa.Integer(), nullable=True),
        sa.Column("reaction_signs_recorded", sa.Integer(), nullable=False),
        sa.Column("pain", sa.Integer(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("given_version", sa.Text(), nullable=True),
        sa.Column("given_severity", sa.Integer(), nullable=True),
        sa.Column("given_findings", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(given_version IS NULL) = (given_severity IS NULL) AND (given_version IS NULL) = (given_findings IS NULL)",
            name=op.f("ck_session_given"),
        ),
        sa.CheckConstraint("needle_use > 0", name=op.f("ck_session_use")),
        sa.CheckConstraint("pain BETWEEN 0 AND 10", name=op.f("ck_session_pain")),
        sa.CheckConstraint("redness_minutes >= 0", name=op.f("ck_session_redness")),
        sa.ForeignKeyConstraint(["cartridge_id"], ["cartridge.id"], name=op.f("fk_session_cartridge_id")),
        sa.ForeignKeyConstraint(["device_id"], ["device.id"], name=op.f("fk_session_device_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_session_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session")),
    )
    op.create_index(op.f("ix_session_cartridge_id"), "session", ["cartridge_id"], unique=False)
    op.create_index(op.f("ix_session_device_id"), "session", ["device_id"], unique=False)
    op.create_index(op.f("ix_session_person_id"), "session", ["person_id"], unique=False)
    op.create_table(
        "session_condition",
        sa.Column("session_id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("condition", sa.Text(), nullable=False),
        sa.Column("on_date", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["session_id"], ["session.id"], name=op.f("fk_session_condition_session_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("session_id", "position", name=op.f("pk_session_condition")),
    )
    op.create_table(
        "session_reaction_sign",
        sa.Column("session_id", sa.Text(), nullable=False),
        sa.Column("sign", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["session_id"], ["session.id"], name=op.f("fk_session_reaction_sign_session_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("session_id", "sign", name=op.f("pk_session_reaction_sign")),
    )
    op.create_table(
        "session_skin_sign",
        sa.Column("session_id", sa.Text(), nullable=False),
        sa.Column("sign", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["session_id"], ["session.id"], name=op.f("fk_session_skin_sign_session_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("session_id", "sign", name=op.f("pk_session_skin_sign")),
    )
    op.create_table(
        "session_topical",
        sa.Column("session_id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("product", sa.Text(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["session_id"], ["session.id"], name=op.f("fk_session_topical_session_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("session_id", "position", name=op.f("pk_session_topical")),
    )
    op.create_table(
        "session_zone",
        sa.Column("session_id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("zone", sa.Text(), nullable=True),
        sa.Column("depth_hundredths", sa.Integer(), nullable=True),
        sa.Column("passes", sa.Integer(), nullable=True),
        sa.CheckConstraint("depth_hundredths >= 0", name=op.f("ck_session_zone_depth")),
        sa.CheckConstraint("passes > 0", name=op.f("ck_session_zone_passes")),
        sa.ForeignKeyConstraint(
            ["session_id"], ["session.id"], name=op.f("fk_session_zone_session_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("session_id", "position", name=op.f("pk_session_zone")),
    )
    op.create_table(
        "shedding",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("date", sa.Text(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=True),
        sa.Column("is_more_than", sa.Integer(), nullable=False),
        sa.Column("days_since_wash", sa.Integer(), nullable=True),
        sa.Column("hair_length", sa.Text(), nullable=True),
        sa.Column("itch", sa.Integer(), nullable=True),
        sa.Column("flaking", sa.Integer(), nullable=True),
        sa.Column("redness", sa.Integer(), nullable=True),
        sa.Column("excluded_because", sa.Text(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("session_id", sa.Text(), nullable=True),
        sa.CheckConstraint("days_since_wash >= 0", name=op.f("ck_shedding_wash")),
        sa.CheckConstraint("flaking BETWEEN 0 AND 3", name=op.f("ck_shedding_flaking")),
        sa.CheckConstraint("itch BETWEEN 0 AND 3", name=op.f("ck_shedding_itch")),
        sa.CheckConstraint("redness BETWEEN 0 AND 3", name=op.f("ck_shedding_redness")),
        sa.CheckConstraint("value >= 0", name=op.f("ck_shedding_value")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_shedding_person_id")),
        sa.ForeignKeyConstraint(["session_id"], ["session.id"], name=op.f("fk_shedding_session_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shedding")),
    )
    op.create_index(op.f("ix_shedding_person_id"), "shedding", ["person_id"], unique=False)
    op.create_index(op.f("ix_shedding_session_id"), "shedding", ["session_id"], unique=False)
