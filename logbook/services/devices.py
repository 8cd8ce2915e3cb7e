"""The devices of a logbook: how worn their needles are, what a session may name, and what changing them changes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from logbook.domain import labels
from logbook.domain.device import Cartridge, Device
from logbook.domain.edit import Edit, Record, Replacement
from logbook.domain.history import History
from logbook.domain.needle_use import NeedleChoice, NeedleUse, NeedleUses
from logbook.domain.person import AgreedLimit
from logbook.domain.session import RecordId, Session, ZonePass
from logbook.domain.units import Depth
from logbook.domain.vocabulary import Severity
from logbook.guidance.agreed import NOTHING_AGREED, AgreedLimits
from logbook.guidance.judge import judge
from logbook.guidance.predicates.hygiene import NeedleReuse
from logbook.guidance.rule import Answer, Case, Finding, Rule, Rules
from logbook.services.trash import laying_aside


@dataclass(frozen=True, slots=True)
class Guidance:
    """What needles are judged by."""

    rules: Rules
    agreed: AgreedLimits = NOTHING_AGREED  # of the person whose sessions are meant
    on: date = date.min  # the day of the next use


@dataclass(frozen=True, slots=True)
class AgreedMaximum:
    """The last use of which nothing is said by what was agreed, where that is another than the published one."""

    limits: tuple[AgreedLimit, ...]
    maximum: int


@dataclass(frozen=True, slots=True)
class Age:
    """What the rule on used needles says of their next use."""

    rule: Rule
    next_use: int
    depth: Depth | None  # it was judged at this one; None: not known
    is_length: bool  # the depth is the length of the needles, not the depth of their last session
    severity: Severity | None  # None: cannot be judged
    finding: Finding | None  # clean only where an agreement made it so
    maximum: int | None  # the last use of which nothing published is said; None: none is known at this depth
    agreed: AgreedMaximum | None = None


@dataclass(frozen=True, slots=True)
class Needles:
    """A device, or one of its cartridges, with its use so far."""

    device: Device
    cartridge: Cartridge | None
    use: NeedleUse
    age: Age | None  # None: nobody asked, no rule speaks of them, or nobody can tell which needles they are
    is_counted: bool  # whether the sessions count one set of needles

    @property
    def record(self) -> Device | Cartridge:
        """What is kept in the file."""
        return self.cartridge or self.device

    @property
    def retired_on(self) -> date | None:
        """The day from which they are not used any more, themselves or with their device."""
        return self.record.retired_on or self.device.retired_on

    @property
    def length(self) -> Depth | None:
        """The length of the needles; that of the device where the cartridge has none of its own."""
        return self.record.needle_length or self.device.needle_length

    @property
    def in_hand(self) -> tuple[date, RecordId]:
        """By what the needles used or opened last come last."""
        opened = self.cartridge.opened_on if self.cartridge else None
        days = [opened or date.min, self.use.last.date if self.use.last else date.min]
        return max(days), self.record.id


def inventory(
    devices: Iterable[Device], cartridges: Iterable[Cartridge], uses: NeedleUses, guidance: Guidance | None = None
) -> tuple[Needles, ...]:
    """Return every device, the one used last first, each followed by its cartridges in the same order.

    Their ages are told where there is *guidance*.
    """
    heads: dict[RecordId, list[Cartridge]] = {}
    for cartridge in cartridges:
        heads.setdefault(cartridge.device_id, []).append(cartridge)
    groups = []
    for device in devices:
        own = heads.get(device.id, [])
        whole = _needles(device, None, uses.of(device), guidance, is_counted=device.has_own_needles and not own)
        parts = [_needles(device, one, uses.of(one), guidance) for one in own]
        groups.append([whole, *sorted(parts, key=_in_hand, reverse=True)])
    groups.sort(key=lambda group: max(_in_hand(one) for one in group), reverse=True)
    return tuple(needles for group in groups for needles in group)


def needle_choices(needles: Sequence[Needles], person_id: RecordId) -> tuple[NeedleChoice, ...]:
    """Return what a session may name, those in hand first; what is retired or somebody else's is not offered."""
    have_cartridges = {one.device.id for one in needles if one.cartridge}
    places = {device_id: place for place, device_id in enumerate(dict.fromkeys(one.device.id for one in needles))}
    return tuple(
        NeedleChoice(
            one.device.id,
            one.cartridge.id if one.cartridge else None,
            one.device.kind,
            _choice_words(one, has_cartridges=one.device.id in have_cartridges),
            one.use.next_use if one.is_counted else None,
            is_offered=one.retired_on is None and one.device.person_id in (None, person_id),
        )
        for one in sorted(needles, key=lambda one: (places[one.device.id], _shelf(one)))
    )


def _shelf(needles: Needles) -> int:
    """Return 0 for a cartridge in use, 1 for a device, its cartridge unnamed, 2 for one not opened yet."""
    return 1 if needles.cartridge is None else 0 if needles.in_hand[0] > date.min else 2


def lot_sessions(needles: Needles, among: Iterable[Needles]) -> tuple[Session, ...]:
    """Return the sessions with any cartridge of the lot of *needles*, in order; none where no lot is recorded."""
    lot = _lot(needles.cartridge)
    found = [session for one in among if lot and _lot(one.cartridge) == lot for session in one.use.sessions]
    return tuple(sorted(found, key=lambda session: session.order))


# What the guidance says


def age(device: Device, cartridge: Cartridge | None, use: NeedleUse, guidance: Guidance) -> Age | None:
    """Return what the rule for the kind of *device* says of the next use; None where no rule speaks of it.

    It is judged at the length of the needles, else at the depths of their last session.
    """
    rules = guidance.rules
    rule = next((rule for rule in rules.at_home if _speaks_of(rule, device)), None)
    if rule is None:
        return None
    length = (cartridge.needle_length if cartridge else None) or device.needle_length
    zones = (ZonePass(None, length),) if length else use.last.zones if use.last else ()
    following = Session("~", "", guidance.on, device=device.kind, needle_use=use.next_use, zones=zones)
    verdict = judge(replace(rules, rules=(rule,)), Case(following, History()), guidance.agreed)
    maximum = _maximum(rule, rule.parameters, following)
    return Age(
        rule,
        use.next_use,
        None if following.has_unknown_depth else following.deepest,
        is_length=length is not None,
        severity=None if verdict.unjudged and not verdict.findings else verdict.severity,
        finding=next(iter(verdict.findings), None),
        maximum=maximum,
        agreed=_agreed_maximum(rule, following, guidance.agreed, maximum),
    )


def _agreed_maximum(rule: Rule, session: Session, agreed: AgreedLimits, published: int | None) -> AgreedMaximum | None:
    in_force = agreed.in_force(rule, session.date)
    maximum = _maximum(rule, agreed.moved(rule, in_force), session)
    if maximum is None or maximum == published:
        return None
    # Of two lines, one may be for another depth.
    telling = [one for one in in_force if _maximum(rule, agreed.moved(rule, (one,)), session) != published]
    return AgreedMaximum(tuple(telling), maximum)


def _maximum(rule: Rule, limits: NeedleReuse, session: Session) -> int | None:
    """Return the last use of which *rule* says nothing by *limits*, as it is asked, not as its numbers read."""

    def ask(use: int) -> Answer:
        return rule.predicate.function(Case(replace(session, needle_use=use), History()), limits)

    if ask(1).missing:
        return None
    starts = {band.from_use for bands in (limits.deep, limits.shallow, limits.unknown) for band in bands}
    return next((use - 1 for use in sorted(starts) if ask(use).severity), None)


def _speaks_of(rule: Rule, device: Device) -> bool:
    return isinstance(rule.parameters, NeedleReuse) and device.kind in rule.parameters.devices


# What changing them changes


def adding(device: Device, cartridge: Cartridge | None = None) -> Edit:
    """Return the edit that adds *device*, or a *cartridge* of it."""
    return Edit.adding(f"add {_words(device, cartridge)}", (cartridge or device,))


def changing(needles: Needles, after: Device | Cartridge) -> Edit:
    """Return the edit that keeps *after* in the place of what *needles* were."""
    return _replacing("change", needles, after)


def retiring(needles: Needles, on: date) -> Edit:
    """Return the edit that takes *needles* out of use *on* a day."""
    return _replacing("retire", needles, replace(needles.record, retired_on=on))


def taking_back(needles: Needles) -> Edit:
    """Return the edit that takes *needles* back into use."""
    return _replacing("take back into use:", needles, replace(needles.record, retired_on=None))


def deleting(needles: Needles, among: Iterable[Needles]) -> Edit:
    """Return the edit that lays *needles* into the trash, a device with its cartridges *among* them."""
    own = [one.cartridge for one in among if one.cartridge and one.device.id == needles.device.id]
    records: list[Record] = [needles.cartridge] if needles.cartridge else [*own, needles.device]
    return laying_aside(Edit.removing(f"delete {_words(needles.device, needles.cartridge)}", records))


def why_kept(needles: Needles, among: Iterable[Needles]) -> str:
    """Return why *needles* cannot be deleted, or nothing where they can: no session may lose what it names."""
    parts = [one for one in among if not needles.cartridge and one.device.id == needles.device.id]
    naming = {session.id for one in (needles, *parts) for session in one.use.sessions}
    if not naming:
        return ""
    name = labels.capital(_words(needles.device, needles.cartridge))
    verb = "names" if len(naming) == 1 else "name"
    return f"{name} cannot be deleted: {labels.count(len(naming), 'session')} {verb} it."


def _replacing(verb: str, needles: Needles, after: Device | Cartridge) -> Edit:
    words = f"{verb} {_words(needles.device, needles.cartridge)}"
    return Edit(words, (Replacement(needles.record, after),))


def _words(device: Device, cartridge: Cartridge | None) -> str:
    return labels.a_cartridge(cartridge, device) if cartridge else labels.a_device(device)


def _choice_words(needles: Needles, *, has_cartridges: bool) -> str:
    head = labels.needle_head(needles.device.kind)
    parts = [labels.device(needles.device)]
    if needles.cartridge:
        named = labels.cartridge(needles.cartridge)
        parts.append(named if needles.cartridge.lot.strip() else f"{head} {named}")
    elif has_cartridges:
        parts.append(f"{head} not recorded")
    if needles.length is not None and (needles.cartridge or not has_cartridges):
        parts.append(labels.millimetres(needles.length))
    return " · ".join([*parts, *(["retired"] if needles.retired_on else [])])


def _needles(
    device: Device, cartridge: Cartridge | None, use: NeedleUse, guidance: Guidance | None, *, is_counted: bool = True
) -> Needles:
    found = age(device, cartridge, use, guidance) if is_counted and guidance else None
    return Needles(device, cartridge, use, found, is_counted)


def _in_hand(needles: Needles) -> tuple[date, RecordId]:
    return needles.in_hand


def _lot(cartridge: Cartridge | None) -> str:
    return " ".join(cartridge.lot.split()).casefold() if cartridge else ""
