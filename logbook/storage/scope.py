"""Which records belong to what one person sees of a file with several people; in SQL, ``:person_id`` is the person."""

from typing import Final

from sqlalchemy import Table

from logbook.storage.rows import cartridge, device, trash

_DEVICES: Final = (
    "SELECT id FROM device WHERE person_id = :person_id OR person_id IS NULL"
    " OR id IN (SELECT device_id FROM session WHERE person_id = :person_id)"
)
_CARTRIDGES: Final = f"SELECT id FROM cartridge WHERE device_id IN ({_DEVICES})"  # noqa: S608 - constants alone
_WORN: Final = (  # rollers and stamps as a whole, and whatever is theirs
    "SELECT id FROM device WHERE (kind IN ('roller', 'stamp') OR person_id = :person_id)"  # noqa: S608 - as above
    f" AND id IN ({_DEVICES})"
)
SHARED_USES: Final = (  # others' sessions that wore needles which the person sees, or name a device of theirs
    "SELECT id FROM session WHERE person_id != :person_id"  # noqa: S608 - as above
    f" AND (cartridge_id IN ({_CARTRIDGES}) OR device_id IN ({_WORN}))"
)
LATEST_PERSON: Final = "SELECT person_id FROM session ORDER BY id DESC LIMIT 1"


def ids_of_person(table: Table) -> str | None:
    """Return the SQL of the ids of the records in *table* that a person sees; None where that is all.

    A person sees what is theirs, the devices that are nobody's and those that their sessions name, and the cartridges
    of all these.
    """
    if table is device:
        return _DEVICES
    if table is cartridge:
        return _CARTRIDGES
    if "person_id" not in table.c:
        return None
    nobodys = " OR person_id IS NULL" if table is trash else ""
    return f"SELECT id FROM {table.name} WHERE person_id = :person_id{nobodys}"  # noqa: S608 - as above
