"""Units, committees, mediators and advisers: who they are, what they lack, keeping them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar, cast

from mediation_desk.desk.recording import own_ids
from mediation_desk.domain.checks import problems_of
from mediation_desk.domain.codes import UnitKind
from mediation_desk.domain.composition import HIRED, POSITIONS, committee_problems, needs_committee
from mediation_desk.domain.organisation import Adviser, Mediator, Unit
from mediation_desk.domain.problems import DeskError, Problem, Severity, errors
from mediation_desk.domain.record import Record, new_id, unit_id
from mediation_desk.domain.records import kind_of
from mediation_desk.store.pinyin import sorting_key
from mediation_desk.store.register import Register
from mediation_desk.words import tr

Person = Mediator | Adviser
R = TypeVar("R", Unit, Mediator, Adviser)
# Acts that bring what somebody else wrote: packages received, and the invented township.
FROM_ELSEWHERE = ("import", "demo")


@dataclass(frozen=True, slots=True)
class Standing:
    """A unit with its people and what its committee lacks.

    `mine` says that this desk may change the unit itself; `foreign` are the ids of people that
    another desk keeps.
    """

    unit: Unit
    mediators: tuple[Mediator, ...]
    advisers: tuple[Adviser, ...]
    problems: tuple[Problem, ...]
    mine: bool
    foreign: frozenset[str]

    def may_change(self, person: Person) -> bool:
        """Whether this desk may change a mediator or adviser."""
        return person.id not in self.foreign


def _by_name(people: Iterable[Record]) -> list[Record]:
    found = [entry for entry in people if not entry.void_reason]
    return sorted(found, key=lambda entry: (sorting_key(cast(Person, entry).name), entry.id))


def _in_order(mediators: list[Mediator]) -> list[Mediator]:
    """Chair first, the hired last, as they stand on a list of members."""
    # Whose position is called otherwise stands before the hired.
    order = (*POSITIONS[:-1], "", HIRED)
    return sorted(
        mediators,
        key=lambda entry: order.index(entry.position if entry.position in order else ""),
    )


def _is_foreign(register: Register, record: Record, elsewhere: set[int]) -> bool:
    """Whether another desk keeps `record`: it came by package, now or ever."""
    lines = register.history(kind_of(record), record.id)
    return any(line.act in elsewhere for line in lines)


def _elsewhere(register: Register) -> set[int]:
    """The acts that stand and brought what another desk keeps."""
    acts = [act for kind in FROM_ELSEWHERE for act in register.acts(kind)]
    return {act.number for act in acts if act.undone_by is None}


def standings(register: Register, today: date) -> list[Standing]:
    """All units that should have a committee, the own one first, then in the order of codes."""
    own = own_ids(register)
    mediators = cast(list[Mediator], _by_name(register.all("mediator")))
    advisers = cast(list[Adviser], _by_name(register.all("adviser")))
    elsewhere = _elsewhere(register)
    days = register.settings.term_notice_days
    found = []
    for unit in register.units():
        if unit.void_reason or not needs_committee(unit):
            continue
        mine = _in_order([entry for entry in mediators if entry.unit_id == unit.id])
        theirs = [entry for entry in advisers if entry.unit_id == unit.id]
        others = (unit, *mine, *theirs) if unit.id not in own else ()
        foreign = {entry.id for entry in others if _is_foreign(register, entry, elsewhere)}
        found.append(
            Standing(
                unit,
                tuple(mine),
                tuple(theirs),
                tuple(committee_problems(unit, mine, theirs, today, days)),
                unit.id not in foreign,
                frozenset(foreign),
            )
        )
    return sorted(found, key=lambda standing: standing.unit.id not in own)


def blank_mediator(unit: Unit) -> Mediator:
    """A mediator of `unit` to fill, with the committee's term."""
    return Mediator(
        id=new_id(), unit_id=unit.id, name="", term_from=unit.term_from, term_to=unit.term_to
    )


def blank_adviser(unit: Unit) -> Adviser:
    """An adviser of `unit` to fill."""
    return Adviser(id=new_id(), unit_id=unit.id, name="")


def blank_unit(register: Register) -> Unit:
    """A unit below this office to fill; its identity follows from kind and code once typed."""
    return Unit(
        id=new_id(), code="", name="", kind=UnitKind.VILLAGE, parent_code=register.unit.code
    )


def _identified(unit: Unit) -> Unit:
    """A new unit with the identity that the village's own program gives it."""
    return unit if unit.revision else replace(unit, id=unit_id(unit.kind.value, unit.code))


def findings(register: Register, record: R, today: date) -> list[Problem]:
    """What is wrong with a unit or person as typed; U3: a new unit is here already."""
    # What was never kept is complete as typed, and no copy that only came masked.
    whole = record if record.revision else replace(record, personal_revision=1)
    found = problems_of(whole, today, register.types)
    if isinstance(record, Unit) and not record.revision:
        known = register.get("unit", _identified(record).id)
        if known is not None:
            words = tr("这个代码的单位已经登记过。")
            found.append(Problem("U3", Severity.ERROR, "code", words, tr("请核对代码和类别。")))
    return found


def _check_mine(register: Register, record: Record) -> None:
    if getattr(record, "unit_id", record.id) in own_ids(register) or not record.revision:
        return
    if _is_foreign(register, record, _elsewhere(register)):
        words = tr("这是下级单位报送来的，这里只能查看。请由该单位修改后再报送。")
        raise DeskError(words)


def keep(register: Register, record: R, draft_id: str = "", *, actor: str, today: date) -> R:
    """Keep a unit or person, and forget the draft; raises `DeskError` for what is wrong.

    So it does for what another desk keeps.
    """
    _check_mine(register, record)
    wrong = errors(findings(register, record, today))
    if wrong:
        raise DeskError(wrong[0].message + wrong[0].mend)
    if isinstance(record, Unit):
        record = _identified(record)
    words = tr("组织人员：{name}").format(name=record.name)
    with register.change(actor, words) as change:
        register.drop_draft(draft_id)
        return change.keep(record)


def strike(register: Register, record: R, reason: str, draft_id: str = "", *, actor: str) -> None:
    """Strike a unit or person out with a reason; files that name them go on doing so.

    Raises `DeskError` for the own unit or committee, and for what another desk keeps.
    """
    _check_mine(register, record)
    if record.id in own_ids(register):
        raise DeskError(tr("本单位不能作废。名称有变化的，请直接修改。"))
    words = tr("作废{name}：{reason}").format(name=record.name, reason=reason)
    with register.change(actor, words) as change:
        register.drop_draft(draft_id)
        change.keep(replace(record, void_reason=reason))
