"""The one crossing between records and the rows they are kept in."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final, Generic, TypeVar

from sqlalchemy import Table

from logbook.domain.device import Cartridge, Device
from logbook.domain.edit import Record
from logbook.domain.person import Acknowledgement, AgreedLimit, LifeEvent, Person
from logbook.domain.plan import PlannedSession, Routine
from logbook.domain.session import DatedCondition, GivenVerdict, Reaction, RecordId, Session, Topical, ZonePass
from logbook.domain.shedding import SheddingRecord
from logbook.domain.trash import Trashed
from logbook.domain.units import Depth
from logbook.domain.vocabulary import (
    Condition,
    DepthMeaning,
    DeviceKind,
    Endpoint,
    EventKind,
    HairLength,
    NeedleState,
    Pressure,
    Product,
    ReactionSign,
    Reason,
    Setting,
    Severity,
    Sex,
    SheddingMethod,
    SkinSign,
    Zone,
)
from logbook.storage import rows

Row = tuple[Any, ...]  # in the order of the table's columns
Fetch = Callable[[Table], list[Row]]  # all rows of a table by id, those of a collection in order and without position
R = TypeVar("R", bound=Record)
K = TypeVar("K")
V = TypeVar("V")
E = TypeVar("E", bound=Enum)


@dataclass(frozen=True, slots=True)
class Collection(Generic[R]):
    """The table of what a record has several of."""

    table: Table
    to_rows: Callable[[R], Iterable[Row]]


@dataclass(frozen=True, slots=True)
class Crossing(Generic[R]):
    """How records of one kind become rows, and rows records."""

    table: Table
    to_row: Callable[[R], Row]
    read: Callable[[Fetch], list[R]]
    collections: tuple[Collection[R], ...] = ()


class _Made(dict[K, V]):
    """Values made once for each key: thousands of rows share the few dates and zones there are."""

    __slots__ = ("_make",)

    def __init__(self, make: Callable[[K], V]) -> None:
        self._make = make

    def __missing__(self, key: K) -> V:
        value = self[key] = self._make(key)
        return value


def _optional(kind: type[E]) -> dict[Any, E | None]:
    return {None: None, **_required(kind)}


def _required(kind: type[E]) -> dict[Any, E]:
    return {member.value: member for member in kind}


_BOOL: Final[dict[Any, bool | None]] = {None: None, 0: False, 1: True}
_SEX: Final = _optional(Sex)
_SETTING: Final = _optional(Setting)
_CARRIER: Final = _optional(DeviceKind)
_PRESSURE: Final = _optional(Pressure)
_ENDPOINT: Final = _optional(Endpoint)
_NEEDLES: Final = _optional(NeedleState)
_MEANING: Final = _optional(DepthMeaning)
_LENGTH: Final = _optional(HairLength)
_MAYBE_ZONE: Final = _optional(Zone)
_ZONE: Final = _required(Zone)
_DEVICE: Final = _required(DeviceKind)
_CONDITION: Final = _required(Condition)
_PRODUCT: Final = _required(Product)
_SKIN_SIGN: Final = _required(SkinSign)
_REACTION_SIGN: Final = _required(ReactionSign)
_EVENT: Final = _required(EventKind)
_METHOD: Final = _required(SheddingMethod)
_SEVERITY: Final = _required(Severity)
_REASON: Final = _required(Reason)


def _date(text: str | None) -> dt.date | None:
    return None if text is None else dt.date.fromisoformat(text)


def _time(text: str | None) -> dt.time | None:
    return None if text is None else dt.time.fromisoformat(text)


def _depth(hundredths: int | None) -> Depth | None:
    return None if hundredths is None else Depth(hundredths)


def _plain(value: Enum | None) -> Any:
    return None if value is None else value.value


def _iso(value: dt.date | dt.time | None) -> str | None:
    return None if value is None else value.isoformat()


def _whole(value: int | None) -> int | None:
    return None if value is None else int(value)


def _zone_pass(key: Row) -> ZonePass:
    zone, depth, passes = key
    return ZonePass(_MAYBE_ZONE[zone], _depth(depth), passes)


def _topical(key: Row) -> Topical:
    product, minutes = key
    return Topical(_PRODUCT[product], minutes)


def _condition(key: Row) -> DatedCondition:
    condition, on = key
    return DatedCondition(_CONDITION[condition], _date(on))


def _gathered(found: list[Row], make: Callable[[Row], V]) -> dict[RecordId, list[V]]:
    """Return what *make* makes of each row after its first column, by that column."""
    made = _Made(make)
    groups: defaultdict[RecordId, list[V]] = defaultdict(list)
    for row in found:
        groups[row[0]].append(made[row[1:]])
    return groups


def _signs(found: list[Row], words: Mapping[Any, E]) -> dict[RecordId, list[E]]:
    return _gathered(found, lambda key: words[key[0]])


def _zone_rows(record: Session | Routine | PlannedSession) -> Iterable[Row]:
    return [
        (record.id, position, _plain(place.zone), _whole(place.depth), place.passes)
        for position, place in enumerate(record.zones)
    ]


def _topical_rows(session: Session) -> Iterable[Row]:
    return [
        (session.id, position, topical.product.value, topical.minutes)
        for position, topical in enumerate(session.topicals or ())
    ]


def _condition_rows(record: Session | Person) -> Iterable[Row]:
    return [
        (record.id, position, dated.condition.value, _iso(dated.on))
        for position, dated in enumerate(record.conditions or ())
    ]


def _skin_sign_rows(session: Session) -> Iterable[Row]:
    return [(session.id, sign.value) for sign in sorted(session.skin_signs or ())]


def _reaction_sign_rows(session: Session) -> Iterable[Row]:
    return [(session.id, sign.value) for sign in sorted(session.reaction.signs or ())]


def _thinning_rows(person: Person) -> Iterable[Row]:
    return [(person.id, zone.value) for zone in sorted(person.thinning_zones or ())]


def _session_row(session: Session) -> Row:
    given, reaction = session.given, session.reaction
    return (
        session.id,
        session.person_id,
        session.date.isoformat(),
        _iso(session.time),
        session.utc_offset_minutes,
        _plain(session.setting),
        _plain(session.device),
        session.device_id,
        session.cartridge_id,
        session.needle_use,
        _plain(session.pressure),
        _plain(session.endpoint),
        _plain(session.needle_state),
        session.needle_shared,
        session.professional_advice,
        session.skin_signs is not None,
        session.conditions is not None,
        session.topicals is not None,
        session.washed_before,
        reaction.redness_minutes,
        reaction.signs is not None,
        reaction.pain,
        session.notes,
        given.guidance_version if given else None,
        given.severity.value if given else None,
        given.findings if given else None,
    )


def _read_sessions(fetch: Fetch) -> list[Session]:
    zones = _gathered(fetch(rows.session_zone), _zone_pass)
    topicals = _gathered(fetch(rows.session_topical), _topical)
    conditions = _gathered(fetch(rows.session_condition), _condition)
    skin = _signs(fetch(rows.session_skin_sign), _SKIN_SIGN)
    after = _signs(fetch(rows.session_reaction_sign), _REACTION_SIGN)
    dates = _Made(dt.date.fromisoformat)
    times = _Made(_time)
    reactions = _Made[Row, Reaction](lambda key: Reaction(*key))
    return [
        Session(
            id,
            person_id,
            dates[date],
            times[time],
            offset,
            _SETTING[setting],
            _CARRIER[device],
            device_id,
            cartridge_id,
            use,
            tuple(zones.get(id, ())),
            _PRESSURE[pressure],
            _ENDPOINT[endpoint],
            _NEEDLES[needles],
            _BOOL[shared],
            _BOOL[advice],
            frozenset(skin.get(id, ())) if has_skin else None,
            tuple(conditions.get(id, ())) if has_conditions else None,
            tuple(topicals.get(id, ())) if has_topicals else None,
            _BOOL[washed],
            reactions[redness, frozenset(after.get(id, ())) if has_after else None, pain],
            notes,
            None if version is None else GivenVerdict(version, _SEVERITY[severity], findings),
        )
        for (
            id,
            person_id,
            date,
            time,
            offset,
            setting,
            device,
            device_id,
            cartridge_id,
            use,
            pressure,
            endpoint,
            needles,
            shared,
            advice,
            has_skin,
            has_conditions,
            has_topicals,
            washed,
            redness,
            has_after,
            pain,
            notes,
            version,
            severity,
            findings,
        ) in fetch(rows.session)
    ]


def _person_row(person: Person) -> Row:
    return (
        person.id,
        person.name,
        _iso(person.birth_date),
        _plain(person.sex),
        person.thinning_zones is not None,
        person.conditions is not None,
        person.advice_from,
        _iso(person.advice_on),
        person.advice,
        person.colour,
    )


def _read_persons(fetch: Fetch) -> list[Person]:
    thinning = _signs(fetch(rows.person_thinning_zone), _ZONE)
    conditions = _gathered(fetch(rows.person_condition), _condition)
    return [
        Person(
            id,
            name,
            _date(birth_date),
            _SEX[sex],
            frozenset(thinning.get(id, ())) if has_thinning else None,
            tuple(conditions.get(id, ())) if has_conditions else None,
            advice_from,
            _date(advice_on),
            advice,
            colour,
        )
        for id, name, birth_date, sex, has_thinning, has_conditions, advice_from, advice_on, advice, colour in fetch(
            rows.person
        )
    ]


def _event_row(event: LifeEvent) -> Row:
    return (event.id, event.person_id, event.kind.value, event.date.isoformat(), _iso(event.until), event.notes)


def _read_events(fetch: Fetch) -> list[LifeEvent]:
    return [
        LifeEvent(id, person_id, _EVENT[kind], dt.date.fromisoformat(date), _date(until), notes)
        for id, person_id, kind, date, until, notes in fetch(rows.life_event)
    ]


def _limit_row(limit: AgreedLimit) -> Row:
    return (
        limit.id,
        limit.person_id,
        limit.rule,
        limit.parameter,
        limit.value,
        limit.agreed_with,
        limit.agreed_on.isoformat(),
        _iso(limit.until),
        limit.notes,
    )


def _read_limits(fetch: Fetch) -> list[AgreedLimit]:
    return [
        AgreedLimit(id, person_id, rule, parameter, value, who, dt.date.fromisoformat(on), _date(until), notes)
        for id, person_id, rule, parameter, value, who, on, until, notes in fetch(rows.agreed_limit)
    ]


def _acknowledgement_row(known: Acknowledgement) -> Row:
    return (
        known.id,
        known.person_id,
        known.record_id,
        known.rule,
        known.severity.value,
        known.facts,
        known.reason.value,
        known.words,
        known.at.isoformat(),
    )


def _read_acknowledgements(fetch: Fetch) -> list[Acknowledgement]:
    return [
        Acknowledgement(
            id,
            person_id,
            record_id,
            rule,
            _SEVERITY[severity],
            facts,
            _REASON[reason],
            words,
            dt.datetime.fromisoformat(at),
        )
        for id, person_id, record_id, rule, severity, facts, reason, words, at in fetch(rows.acknowledgement)
    ]


def _device_row(device: Device) -> Row:
    return (
        device.id,
        device.kind.value,
        device.name,
        device.person_id,
        _plain(device.depth_meaning),
        _whole(device.needle_length),
        device.needle_count,
        _iso(device.retired_on),
        device.notes,
    )


def _read_devices(fetch: Fetch) -> list[Device]:
    return [
        Device(
            id,
            _DEVICE[kind],
            name,
            person_id,
            _MEANING[meaning],
            _depth(length),
            count,
            _date(retired_on),
            notes,
        )
        for id, kind, name, person_id, meaning, length, count, retired_on, notes in fetch(rows.device)
    ]


def _cartridge_row(cartridge: Cartridge) -> Row:
    return (
        cartridge.id,
        cartridge.device_id,
        cartridge.lot,
        _whole(cartridge.needle_length),
        cartridge.needle_count,
        _iso(cartridge.expires_on),
        _iso(cartridge.opened_on),
        _iso(cartridge.retired_on),
        cartridge.notes,
    )


def _read_cartridges(fetch: Fetch) -> list[Cartridge]:
    return [
        Cartridge(
            id,
            device_id,
            lot,
            _depth(length),
            count,
            _date(expires_on),
            _date(opened_on),
            _date(retired_on),
            notes,
        )
        for id, device_id, lot, length, count, expires_on, opened_on, retired_on, notes in fetch(rows.cartridge)
    ]


def _shedding_row(record: SheddingRecord) -> Row:
    return (
        record.id,
        record.person_id,
        record.date.isoformat(),
        record.method.value,
        record.value,
        record.is_more_than,
        record.days_since_wash,
        _plain(record.hair_length),
        record.itch,
        record.flaking,
        record.redness,
        record.excluded_because,
        record.notes,
        record.session_id,
    )


def _read_shedding(fetch: Fetch) -> list[SheddingRecord]:
    dates = _Made(dt.date.fromisoformat)
    return [
        SheddingRecord(
            id,
            person_id,
            dates[date],
            _METHOD[method],
            value,
            bool(more),
            washed,
            _LENGTH[length],
            itch,
            flaking,
            redness,
            because,
            notes,
            session_id,
        )
        for (
            id,
            person_id,
            date,
            method,
            value,
            more,
            washed,
            length,
            itch,
            flaking,
            redness,
            because,
            notes,
            session_id,
        ) in fetch(rows.shedding)
    ]


def _routine_row(routine: Routine) -> Row:
    return (
        routine.id,
        routine.person_id,
        routine.starts_on.isoformat(),
        routine.every_days,
        _plain(routine.setting),
        _iso(routine.ends_on),
        routine.notes,
    )


def _read_routines(fetch: Fetch) -> list[Routine]:
    zones = _gathered(fetch(rows.routine_zone), _zone_pass)
    return [
        Routine(
            id,
            person_id,
            dt.date.fromisoformat(starts_on),
            every,
            _SETTING[setting],
            tuple(zones.get(id, ())),
            _date(ends_on),
            notes,
        )
        for id, person_id, starts_on, every, setting, ends_on, notes in fetch(rows.routine)
    ]


def _plan_row(plan: PlannedSession) -> Row:
    return (
        plan.id,
        plan.person_id,
        plan.date.isoformat(),
        _plain(plan.setting),
        _plain(plan.device),
        plan.notes,
    )


def _read_plans(fetch: Fetch) -> list[PlannedSession]:
    zones = _gathered(fetch(rows.planned_session_zone), _zone_pass)
    return [
        PlannedSession(
            id,
            person_id,
            dt.date.fromisoformat(date),
            _SETTING[setting],
            tuple(zones.get(id, ())),
            _CARRIER[device],
            notes,
        )
        for id, person_id, date, setting, device, notes in fetch(rows.planned_session)
    ]


def _trash_row(gone: Trashed) -> Row:
    return (gone.id, gone.person_id, gone.deleted_at.isoformat(), gone.words, gone.content)


def _read_trash(fetch: Fetch) -> list[Trashed]:
    return [
        Trashed(id, person_id, dt.datetime.fromisoformat(deleted_at), words, content)
        for id, person_id, deleted_at, words, content in fetch(rows.trash)
    ]


CROSSINGS: Final[dict[type[Record], Crossing[Any]]] = {
    Person: Crossing(
        rows.person,
        _person_row,
        _read_persons,
        (
            Collection(rows.person_thinning_zone, _thinning_rows),
            Collection(rows.person_condition, _condition_rows),
        ),
    ),
    LifeEvent: Crossing(rows.life_event, _event_row, _read_events),
    AgreedLimit: Crossing(rows.agreed_limit, _limit_row, _read_limits),
    Acknowledgement: Crossing(rows.acknowledgement, _acknowledgement_row, _read_acknowledgements),
    Device: Crossing(rows.device, _device_row, _read_devices),
    Cartridge: Crossing(rows.cartridge, _cartridge_row, _read_cartridges),
    Session: Crossing(
        rows.session,
        _session_row,
        _read_sessions,
        (
            Collection(rows.session_zone, _zone_rows),
            Collection(rows.session_topical, _topical_rows),
            Collection(rows.session_condition, _condition_rows),
            Collection(rows.session_skin_sign, _skin_sign_rows),
            Collection(rows.session_reaction_sign, _reaction_sign_rows),
        ),
    ),
    SheddingRecord: Crossing(rows.shedding, _shedding_row, _read_shedding),
    Routine: Crossing(rows.routine, _routine_row, _read_routines, (Collection(rows.routine_zone, _zone_rows),)),
    PlannedSession: Crossing(
        rows.planned_session, _plan_row, _read_plans, (Collection(rows.planned_session_zone, _zone_rows),)
    ),
    Trashed: Crossing(rows.trash, _trash_row, _read_trash),
}
