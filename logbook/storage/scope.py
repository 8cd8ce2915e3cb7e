"""Which records belong to what one person sees of a file with several people."""

from typing import Any, Final

from sqlalchemy import ColumnElement, Select, Table, literal_column, or_, select

from logbook.domain.vocabulary import DeviceKind
from logbook.storage.rows import cartridge, device, session, trash

_PERSON: Final[ColumnElement[str]] = literal_column(":person_id")  # given to SQLite with the text of the statement
_OWN_SESSIONS: Final = session.c.person_id == _PERSON
_WORN_AS_A_WHOLE: Final = (DeviceKind.ROLLER.value, DeviceKind.STAMP.value)


def ids_of_person(table: Table) -> Select[Any] | None:
    """Return what selects the ids of the records in *table* that ``:person_id`` sees; None where that is all.

    A person sees what is theirs, the devices that are nobody's and those that their sessions name, and the cartridges
    of all these.
    """
    if table is device:
        return _devices()
    if table is cartridge:
        return _cartridges()
    if "person_id" not in table.c:
        return None
    is_theirs: ColumnElement[bool] = table.c.person_id == _PERSON
    return select(table.c.id).where(or_(is_theirs, table.c.person_id.is_(None)) if table is trash else is_theirs)


def ids_of_shared_uses() -> Select[Any]:
    """Return what selects the ids of others' sessions that wore needles which ``:person_id`` sees, or name theirs."""
    worn = _devices().where(or_(device.c.kind.in_(_WORN_AS_A_WHOLE), device.c.person_id == _PERSON))
    is_shared = or_(session.c.cartridge_id.in_(_cartridges()), session.c.device_id.in_(worn))
    return select(session.c.id).where(session.c.person_id != _PERSON, is_shared)


def _devices() -> Select[Any]:
    named = select(session.c.device_id).where(_OWN_SESSIONS, session.c.device_id.is_not(None))
    is_seen = or_(device.c.person_id == _PERSON, device.c.person_id.is_(None), device.c.id.in_(named))
    return select(device.c.id).where(is_seen)


def _cartridges() -> Select[Any]:
    return select(cartridge.c.id).where(cartridge.c.device_id.in_(_devices()))
