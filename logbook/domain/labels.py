"""Data put into words: the one place for window, command line and messages alike."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import Final

from logbook.domain.device import Cartridge, Device
from logbook.domain.person import AgreedLimit, LifeEvent
from logbook.domain.session import DatedCondition, Session, ZonePass
from logbook.domain.shedding import SheddingRecord
from logbook.domain.units import Depth, plain_depth, plain_hours
from logbook.domain.vocabulary import (
    Condition,
    DepthMeaning,
    DeviceKind,
    Endpoint,
    EventKind,
    NeedleState,
    Product,
    Reason,
    Setting,
    Severity,
    SheddingMethod,
    SkinSign,
    Zone,
)

NOTHING: Final = "—"
NO_ZONE: Final = "zone not recorded"
MONTHS: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_WEEKDAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_NEAR: Final = 183  # days within which a day is understood without its year

# Only what is not the value itself with spaces for underscores.
_WORDS: Final[dict[StrEnum, str]] = {
    Setting.HOME: "at home",
    Setting.SUPERVISED: "supervised by a clinician",
    DeviceKind.RADIOFREQUENCY: "radiofrequency device",
    DeviceKind.OTHER: "another device",
    DepthMeaning.NEEDLE_LENGTH: "length of the needles",
    DepthMeaning.DIAL_SETTING: "setting of the dial",
    Zone.TEMPLE_LEFT: "left temple",
    Zone.TEMPLE_RIGHT: "right temple",
    Zone.MID_SCALP: "mid-scalp",
    Zone.PARIETAL_LEFT: "left side",
    Zone.PARIETAL_RIGHT: "right side",
    Zone.OCCIPITAL: "back of the head",
    Endpoint.NONE: "nothing to see",
    Endpoint.ERYTHEMA: "redness",
    NeedleState.NEW_STERILE: "new and sterile",
    NeedleState.WASHED: "washed only",
    SkinSign.INFLAMMATION: "unexplained inflammation",
    SkinSign.MOLE_OR_LESION: "mole or lesion",
    Condition.ISOTRETINOIN: "isotretinoin",
    Condition.LOW_DOSE_ASPIRIN: "low-dose aspirin",
    Condition.DIABETES_CONTROLLED: "controlled diabetes",
    Condition.DIABETES_UNCONTROLLED: "uncontrolled diabetes",
    Condition.PATCHY_LOSS: "patchy hair loss",
    Condition.SUDDEN_LOSS: "sudden hair loss",
    Condition.UNDIAGNOSED_LOSS: "hair loss without a diagnosis",
    Condition.PSORIASIS_HISTORY: "a history of psoriasis",
    Condition.ECZEMA_HISTORY: "a history of eczema",
    Condition.SEBORRHOEIC_HISTORY: "a history of seborrhoeic dermatitis",
    Product.FINASTERIDE: "topical finasteride",
    Product.VITAMIN_C: "vitamin C",
    Product.SERUM: "cosmetic serum",
    SheddingMethod.DAY_TOTAL: "daily total",
    SheddingMethod.COMB_60S: "60-second count",
    SheddingMethod.SINCLAIR: "Sinclair scale, 1–6",
    SheddingMethod.REFINED_WASH: "refined wash test",
    SheddingMethod.FIVE_DAY_WASH: "five-day wash",
    SheddingMethod.ESTIMATE: "estimate, 0–3",
    EventKind.NEW_DRUG: "new drug",
    Reason.CLINICIAN_AGREED: "a clinician agreed",
    Reason.ONE_OFF: "just this once",
    Reason.RECORDED_LATE: "it was done already, I record it late",
    Reason.DISAGREE: "I disagree with the guidance",
    Reason.OWN_WORDS: "in my own words",
    Reason.NOT_GIVEN: "no reason given",
}

# For a table cell.
SHORT_METHODS: Final = {
    SheddingMethod.DAY_TOTAL: "a day",
    SheddingMethod.COMB_60S: "60 s",
    SheddingMethod.PULL_TEST: "pull",
    SheddingMethod.SINCLAIR: "Sinclair",
    SheddingMethod.REFINED_WASH: "wash",
    SheddingMethod.FIVE_DAY_WASH: "5-day wash",
    SheddingMethod.ESTIMATE: "of 3",
}

ESTIMATES: Final = ("minimal", "normal", "elevated", "heavy")

# What one sees, for a grade that somebody has to choose.
_GRADES: Final[dict[SheddingMethod, dict[int, str]]] = {
    SheddingMethod.ESTIMATE: {
        0: "Hardly a hair on the brush, the pillow or in the drain.",
        1: "The few hairs that you are used to seeing.",
        2: "More than you are used to: you notice it without looking for it.",
        3: "Far more than you are used to: hairs come with every touch, or in strands.",
    },
    SheddingMethod.SINCLAIR: {
        1: "The smallest bundle of the six pictures; usual.",
        2: "The second picture; usual.",
        3: "The third picture; usual.",
        4: "The fourth picture; the most that counts as usual.",
        5: "The fifth picture; counts as excessive.",
        6: "The largest bundle of the six pictures; counts as excessive.",
    },
}
COLOURS: Final = {1: "Blue", 2: "Purple", 3: "Green", 4: "Orange", 5: "Violet", 6: "Teal", 7: "Pink", 8: "Grey"}


def word(value: StrEnum | Severity) -> str:
    """Return *value* as it stands inside a sentence."""
    if isinstance(value, Severity):
        return value.word
    return _WORDS.get(value) or value.value.replace("_", " ")


def title(value: StrEnum | Severity) -> str:
    """Return *value* as it stands alone."""
    return capital(word(value))


def capital(text: str) -> str:
    """Return *text* as it begins a sentence; the rest of it stays as it is."""
    return text[:1].upper() + text[1:]


def lower(text: str) -> str:
    """Return *text* as it goes on inside a sentence; the rest of it stays as it is."""
    return text[:1].lower() + text[1:]


def day(value: date) -> str:
    """Return *value* as ``9 December 2026``."""
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def short_day(value: date) -> str:
    """Return *value* as ``9 Dec 2026``."""
    return f"{value.day} {MONTHS[value.month - 1][:3]} {value.year}"


def near_day(value: date, today: date) -> str:
    """Return *value* as ``Wed 9 Dec``, with its year where it is half a year from *today* or more."""
    text = f"{_WEEKDAYS[value.weekday()]} {value.day} {MONTHS[value.month - 1][:3]}"
    return text if abs((value - today).days) < _NEAR else f"{text} {value.year}"


def ago(value: date, today: date) -> str:
    """Return how many days before *today* *value* is; after it, how many ahead."""
    days = (today - value).days
    if days < 0:
        return f"{count(-days, 'day')} ahead"
    return {0: "today", 1: "yesterday"}.get(days) or f"{count(days, 'day')} ago"


def millimetres(depth: Depth) -> str:
    """Return *depth* with its unit."""
    return f"{plain_depth(depth)} mm"


def count(number: float, noun: str) -> str:
    """Return *number* with the English *noun* in the right number."""
    plural = f"{noun}es" if noun.endswith("s") else f"{noun}s"
    return f"{number:,.10g} {noun if number == 1 else plural}"


def every(days: int) -> str:
    """Return how often something is done that is done again after so many *days*."""
    return "every day" if days == 1 else f"every {count(days, 'day')}"


def hours(minutes: int) -> str:
    """Return *minutes* in hours, with the word."""
    return count(float(plain_hours(minutes)), "hour")


def series(words: Iterable[str], last: str = "and") -> str:
    """Return *words* as they are listed in a sentence."""
    listed = list(words)
    if len(listed) < 2:
        return "".join(listed)
    return f"{', '.join(listed[:-1])} {last} {listed[-1]}"


def condition(value: DatedCondition) -> str:
    """Return a condition with its date."""
    if value.on is None:
        return word(value.condition)
    verb = "stopped on" if value.condition is Condition.ISOTRETINOIN else "on"
    return f"{word(value.condition)} {verb} {day(value.on)}"


def agreed_with(limit: AgreedLimit) -> str:
    """Return with whom and for how long a limit was agreed."""
    until = f", until {day(limit.until)}" if limit.until else ""
    return f"agreed with {limit.agreed_with} on {day(limit.agreed_on)}{until}"


def place(value: ZonePass) -> str:
    """Return zone and depth as far as they are recorded; an empty text where neither is."""
    depth = "" if value.depth is None else millimetres(value.depth)
    return f"{word(value.zone) if value.zone else ''} {depth}".strip()


def whole_place(value: ZonePass) -> str:
    """Return zone and depth, and of each that it is not recorded where it is not."""
    zone = word(value.zone) if value.zone else NO_ZONE
    return f"{zone} {'at an unrecorded depth' if value.depth is None else millimetres(value.depth)}"


def zones(session: Session) -> str:
    """Return the zones of *session*, or a dash."""
    names = [word(place.zone) for place in session.zones if place.zone is not None]
    return capital(", ".join(names)) or NOTHING


def a_record(record: SheddingRecord) -> str:
    """Return the words by which a menu names a shedding *record*."""
    return f"{word(record.method)} of {day(record.date)}"


def an_event(event: LifeEvent) -> str:
    """Return the words by which a menu names a life *event*."""
    return f"{word(event.kind)} of {day(event.date)}"


def grades(method: SheddingMethod) -> dict[int, str]:
    """Return the grades of a *method* that is a scale, each as it stands in a list; empty for a count of hairs."""
    if method is SheddingMethod.ESTIMATE:
        return {grade: f"{grade} {word}" for grade, word in enumerate(ESTIMATES)}
    return {grade: str(grade) for grade in _GRADES.get(method, ())}


def grade_caption(method: SheddingMethod, grade: int) -> str:
    """Return in a sentence what one sees at a *grade*, or nothing where the method has no such grade."""
    return _GRADES.get(method, {}).get(grade, "")


def a_session(session: Session) -> str:
    """Return the words by which a menu names *session*."""
    return f"session of {day(session.date)}"


def needle_head(kind: DeviceKind) -> str:
    """Return what carries the needles of a device of *kind* where they can be changed."""
    return "drum" if kind is DeviceKind.ROLLER else "cartridge"


def device(value: Device) -> str:
    """Return the name of a device; where it has none, what it is."""
    return " ".join(value.name.split()) or title(value.kind)


def cartridge(value: Cartridge) -> str:
    """Return by what a cartridge is told from others, as it stands inside a sentence."""
    lot = f"lot {' '.join(value.lot.split())}" if value.lot.strip() else "without a lot"
    return f"{lot}, opened {short_day(value.opened_on)}" if value.opened_on else lot


def a_device(value: Device) -> str:
    """Return the words by which a menu names a device."""
    return f"{word(value.kind)} “{' '.join(value.name.split())}”" if value.name.strip() else f"the {word(value.kind)}"


def a_cartridge(value: Cartridge, of: Device) -> str:
    """Return the words by which a menu names a cartridge *of* a device."""
    return f"{needle_head(of.kind)} {cartridge(value)}"
