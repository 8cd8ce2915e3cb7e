"""The tables of the logbook file; nothing outside storage knows them."""

from typing import Any, Final

from sqlalchemy import CheckConstraint, Column, ForeignKey, Integer, MetaData, Table, Text

metadata: Final = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)


def _id() -> Column[str]:
    return Column("id", Text, primary_key=True, nullable=False)


def _text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False)


def _maybe_text(name: str) -> Column[Any]:
    return Column(name, Text)


def _whole(name: str) -> Column[int]:
    return Column(name, Integer, nullable=False)


def _maybe_whole(name: str) -> Column[Any]:
    return Column(name, Integer)


def _recorded(name: str) -> Column[int]:
    """Return the column that tells an empty collection (1) from one that was not recorded (0)."""
    return Column(f"{name}_recorded", Integer, nullable=False)


def _other(name: str, parent: str, *, nullable: bool = False) -> Column[Any]:
    """Return the column that names another record, which cannot go while this one refers to it."""
    return Column(name, Text, ForeignKey(f"{parent}.id"), nullable=nullable, index=True)


def _part_of(parent: str) -> Column[str]:
    """Return the column that makes a row part of a record and has it go with the record."""
    key = ForeignKey(f"{parent}.id", ondelete="CASCADE")
    return Column(f"{parent}_id", Text, key, primary_key=True, nullable=False)


def _position() -> Column[int]:
    return Column("position", Integer, primary_key=True, nullable=False, autoincrement=False)


def _check(sql: str, name: str) -> CheckConstraint:
    return CheckConstraint(sql, name=name)


def _zone_passes() -> tuple[Column[Any] | CheckConstraint, ...]:
    """Return the columns of what is done in each zone, in the order in which the zones were named."""
    return (
        _position(),
        _maybe_text("zone"),
        _maybe_whole("depth_hundredths"),
        _maybe_whole("passes"),
        _check("depth_hundredths >= 0", "depth"),
        _check("passes > 0", "passes"),
    )


def _needles() -> tuple[Column[Any] | CheckConstraint, ...]:
    return (
        _maybe_whole("needle_length_hundredths"),
        _maybe_whole("needle_count"),
        _check("needle_length_hundredths >= 0", "length"),
        _check("needle_count > 0", "count"),
    )


person: Final = Table(
    "person",
    metadata,
    _id(),
    _text("name"),
    _maybe_text("birth_date"),
    _maybe_text("sex"),
    _recorded("thinning_zones"),
    _recorded("conditions"),
    _text("advice_from"),
    _maybe_text("advice_on"),
    _text("advice"),
    _maybe_whole("colour"),
    _check("colour BETWEEN 1 AND 8", "colour"),
)
person_thinning_zone: Final = Table(
    "person_thinning_zone",
    metadata,
    _part_of("person"),
    Column("zone", Text, primary_key=True, nullable=False),
)
person_condition: Final = Table(
    "person_condition",
    metadata,
    _part_of("person"),
    _position(),
    _text("condition"),
    _maybe_text("on_date"),
)
life_event: Final = Table(
    "life_event",
    metadata,
    _id(),
    _other("person_id", "person"),
    _text("kind"),
    _text("date"),
    _maybe_text("until"),
    _text("notes"),
)
agreed_limit: Final = Table(
    "agreed_limit",
    metadata,
    _id(),
    _other("person_id", "person"),
    _text("rule"),
    _text("parameter"),
    _whole("value"),
    _text("agreed_with"),
    _text("agreed_on"),
    _maybe_text("until"),
    _text("notes"),
)
acknowledgement: Final = Table(
    "acknowledgement",
    metadata,
    _id(),
    _other("person_id", "person"),
    _text("record_id"),  # of two kinds, so no foreign key; it may outlive what was judged
    _text("rule"),
    _whole("severity"),
    _text("facts"),
    _text("reason"),
    _text("words"),
    _text("at"),  # local date and time
)
device: Final = Table(
    "device",
    metadata,
    _id(),
    _text("kind"),
    _text("name"),
    _other("person_id", "person", nullable=True),
    _maybe_text("depth_meaning"),
    *_needles(),
    _maybe_text("retired_on"),
    _text("notes"),
)
cartridge: Final = Table(
    "cartridge",
    metadata,
    _id(),
    _other("device_id", "device"),
    _text("lot"),
    *_needles(),
    _maybe_text("expires_on"),
    _maybe_text("opened_on"),
    _maybe_text("retired_on"),
    _text("notes"),
)
session: Final = Table(
    "session",
    metadata,
    _id(),
    _other("person_id", "person"),
    _text("date"),  # local, as is the time: the offset from UTC stands apart
    _maybe_text("time"),
    _maybe_whole("utc_offset_minutes"),
    _maybe_text("setting"),
    _maybe_text("device"),
    _other("device_id", "device", nullable=True),
    _other("cartridge_id", "cartridge", nullable=True),
    _maybe_whole("needle_use"),
    _maybe_text("pressure"),
    _maybe_text("endpoint"),
    _maybe_text("needle_state"),
    _maybe_whole("needle_shared"),
    _maybe_whole("professional_advice"),
    _recorded("skin_signs"),
    _recorded("conditions"),
    _recorded("topicals"),
    _maybe_whole("washed_before"),
    _maybe_whole("redness_minutes"),
    _recorded("reaction_signs"),
    _maybe_whole("pain"),
    _text("notes"),
    _maybe_text("given_version"),  # the guidance said nothing where these three are NULL
    _maybe_whole("given_severity"),
    _maybe_text("given_findings"),
    _check("needle_use > 0", "use"),
    _check("redness_minutes >= 0", "redness"),
    _check("pain BETWEEN 0 AND 10", "pain"),
    _check(
        "(given_version IS NULL) = (given_severity IS NULL) AND (given_version IS NULL) = (given_findings IS NULL)",
        "given",
    ),
)
session_zone: Final = Table("session_zone", metadata, _part_of("session"), *_zone_passes())
session_topical: Final = Table(
    "session_topical",
    metadata,
    _part_of("session"),
    _position(),
    _text("product"),
    _maybe_whole("minutes"),
)
session_condition: Final = Table(
    "session_condition",
    metadata,
    _part_of("session"),
    _position(),
    _text("condition"),
    _maybe_text("on_date"),
)
session_skin_sign: Final = Table(
    "session_skin_sign",
    metadata,
    _part_of("session"),
    Column("sign", Text, primary_key=True, nullable=False),
)
session_reaction_sign: Final = Table(
    "session_reaction_sign",
    metadata,
    _part_of("session"),
    Column("sign", Text, primary_key=True, nullable=False),
)
shedding: Final = Table(
    "shedding",
    metadata,
    _id(),
    _other("person_id", "person"),
    _text("date"),
    _text("method"),
    _maybe_whole("value"),
    _whole("is_more_than"),
    _maybe_whole("days_since_wash"),
    _maybe_text("hair_length"),
    _maybe_whole("itch"),
    _maybe_whole("flaking"),
    _maybe_whole("redness"),
    _maybe_text("excluded_because"),
    _text("notes"),
    _other("session_id", "session", nullable=True),
    _check("value >= 0", "value"),
    _check("days_since_wash >= 0", "wash"),
    _check("itch BETWEEN 0 AND 3", "itch"),
    _check("flaking BETWEEN 0 AND 3", "flaking"),
    _check("redness BETWEEN 0 AND 3", "redness"),
)
routine: Final = Table(
    "routine",
    metadata,
    _id(),
    _other("person_id", "person"),
    _text("starts_on"),
    _whole("every_days"),
    _maybe_text("setting"),
    _maybe_text("ends_on"),
    _text("notes"),
    _check("every_days > 0", "every"),
)
routine_zone: Final = Table("routine_zone", metadata, _part_of("routine"), *_zone_passes())
planned_session: Final = Table(
    "planned_session",
    metadata,
    _id(),
    _other("person_id", "person"),
    _text("date"),
    _maybe_text("setting"),
    _maybe_text("device"),
    _text("notes"),
)
planned_session_zone: Final = Table("planned_session_zone", metadata, _part_of("planned_session"), *_zone_passes())
trash: Final = Table(
    "trash",
    metadata,
    _id(),
    _maybe_text("person_id"),  # no foreign key: what is in the trash keeps nobody from going
    _text("deleted_at"),  # local date and time
    _text("words"),
    _text("content"),
)
