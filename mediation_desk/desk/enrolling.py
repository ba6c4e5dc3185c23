"""Setting a village's desk up by a file that its office made: making it, and opening it."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from pathlib import Path
from typing import Any, cast

from mediation_desk.desk.confirmed import begin_anew, note_before
from mediation_desk.desk.desk_key import (
    KnownOffice,
    known_office,
    made_key,
    remember_office,
    succession,
)
from mediation_desk.desk.escrowing import seal_to_office
from mediation_desk.desk.local_practice import put_settings
from mediation_desk.desk.recording import own_ids
from mediation_desk.desk.sending import sent, versions_of
from mediation_desk.desk.sequence import of_unit
from mediation_desk.domain.allowance import AllowanceGrade
from mediation_desk.domain.checks import unit_problems
from mediation_desk.domain.codes import Role, UnitKind
from mediation_desk.domain.fields import label_of
from mediation_desk.domain.organisation import LocalType, Unit
from mediation_desk.domain.problems import DeskError, errors
from mediation_desk.domain.record import new_id, unit_id
from mediation_desk.domain.round_trip import Enrolment
from mediation_desk.domain.setting_notes import called, settings_problems
from mediation_desk.domain.settings import Settings
from mediation_desk.exchange.placing import named_last
from mediation_desk.exchange.sealing import DeskKey, fingerprint, new_seed
from mediation_desk.exchange.setup_file import SetUp, read_setup_file
from mediation_desk.store.changing import ChangeDoor
from mediation_desk.store.register import Register
from mediation_desk.words import tr

SETTING_UP = "setup"
_TOWNSHIP_CODE = 9
# What of a unit the office may fill in where the village left it empty.
_FILLED = ("committee", "number_word", "parent_code", "term_from", "term_to")


class AnotherOffice(DeskError):
    """A set-up file of another office than the one that set this desk up."""


@dataclass(frozen=True, slots=True)
class Made:
    """A set-up file in place: where, for whom, and the office's fingerprint to compare."""

    path: Path
    unit: Unit
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Opened:
    """What opening a set-up file changed, in words; nothing if it had all been done before."""

    office: str
    fingerprint: str
    changes: tuple[str, ...]


def new_unit(register: Register, code: str, name: str, committee: str, kind: UnitKind) -> Unit:
    """A unit below this office that the register does not know yet, as its own program has it."""
    code, name = code.strip(), name.strip()
    return Unit(
        id=unit_id(kind.value, code),
        code=code,
        name=name,
        kind=kind,
        committee=committee.strip() or tr("{name}人民调解委员会").format(name=name),
        number_word=name[:1] + tr("民调"),
        parent_code=register.unit.code,
    )


def unit_with(register: Register, code: str) -> Unit | None:
    """The unit with this code for which a set-up file can be made; None if there is none."""
    own = own_ids(register)
    found = [unit for unit in register.units() if unit.code == code and unit.id not in own]
    return next((unit for unit in found if not unit.void_reason), None)


def file_name(unit: Unit) -> str:
    """The plain name of a set-up file."""
    return tr("{unit}开户文件.xlsx").format(unit=unit.name)


def make_setup_file(
    register: Register,
    unit: Unit,
    target: Path,
    actor: str,
    today: date,
    invitation: bytes = b"",
) -> Made:
    """Write the set-up file of `unit`, which may be new here, and note it; both or neither.

    The register keeps only the public half of the `invitation`, which is random unless given.
    Raises `DeskError` on a village's desk, for a unit that is not below this office, and when the
    place cannot be written.
    """
    # openpyxl takes 0.1 s to import and is not needed to start.
    from mediation_desk.exchange.setup_writing import write_setup_file  # noqa: PLC0415

    _check_below(register, unit, today)
    seed = invitation or new_seed()
    enrolment = Enrolment(
        id=new_id(),
        unit_id=unit.id,
        made_on=today,
        made_by=actor,
        invitation=DeskKey(seed).public,
    )
    reason = tr("给{unit}做开户文件").format(unit=unit.name)
    with named_last(target), register.change(actor, reason) as change:
        if not unit.revision:
            unit = change.keep(unit)
        change.keep(enrolment)
        key = made_key(register)
        setup = _setup(register, change, unit, enrolment, seed, key)
        write_setup_file(setup, key, target)
    return Made(target, unit, setup.fingerprint)


def _setup(
    register: Register,
    change: ChangeDoor,
    unit: Unit,
    enrolment: Enrolment,
    seed: bytes,
    key: DeskKey,
) -> SetUp:
    office, committee = register.unit, register.committee
    types = cast(list[LocalType], register.all("local_type"))
    grades = cast(list[AllowanceGrade], register.all("allowance_grade"))
    further = (*types, *grades, *((committee,) if committee is not None else ()))
    return SetUp(
        enrolment.id,
        unit,
        office.id,
        office.code,
        office.name,
        key.public,
        asdict(register.settings),
        tuple(types),
        seed,
        enrolment.made_by,
        enrolment.made_on,
        # A new unit has no version in the history yet.
        {("unit", unit.id): (change.version,)} | dict(versions_of(register, (unit, *further))),
        committee,
        max((entry.number for entry in of_unit(register, unit.id)), default=0),
        tuple(grades),
        succession(register),
    )


def _check_below(register: Register, unit: Unit, today: date) -> None:
    if register.role is not Role.OFFICE:
        raise DeskError(tr("开户文件由司法所制作。请在司法所的调解台里做。"))
    if wrong := errors(unit_problems(unit, today)):
        raise DeskError(wrong[0].message + wrong[0].mend)
    if unit.id in own_ids(register):
        raise DeskError(tr("这是本所自己的单位，不需要开户文件。请选择下面的村或社区。"))
    if unit.code[:_TOWNSHIP_CODE] != register.unit.code[:_TOWNSHIP_CODE]:
        words = tr("“{unit}”（代码{code}）不属于本所管辖。请核对统计代码。")
        raise DeskError(words.format(unit=unit.name, code=unit.code))
    if unit.void_reason:
        words = tr("“{unit}”已经作废，不能开户。请核对单位。")
        raise DeskError(words.format(unit=unit.name))


def open_setup_file(
    register: Register,
    path: Path,
    actor: str,
    today: date,
    *,
    another_office: bool = False,
    seed: bytes = b"",
) -> Opened:
    """Set this village's desk up by a file from its office, keeping what was typed here.

    The first office is trusted, its fingerprint is for people to compare; a file of another one
    later raises `AnotherOffice` unless `another_office` says that it is meant. Raises `DeskError`
    for a file that is not in order or not for this unit; nothing is changed then.
    """
    setup = read_setup_file(path)
    if register.role is not Role.VILLAGE:
        happened = tr("开户文件是给村（社区）用的，这里是司法所的登记簿。")
        raise DeskError(happened + tr("请在{unit}的电脑上打开它。").format(unit=setup.unit.name))
    if setup.unit.id != register.unit.id:
        happened = tr("这份开户文件是给{unit}（代码{code}）的，不是给本单位的，没有使用。").format(
            unit=setup.unit.name, code=setup.unit.code
        )
        raise DeskError(happened + tr("请与司法所核对发错了没有。"))
    before = known_office(register)
    if before is not None and not setup.follows(before.key) and not another_office:
        raise AnotherOffice(_other_office(before, setup))
    if before is not None and before.file == setup.id and before.key == setup.office_key:
        return Opened(setup.office_name, setup.fingerprint, ())
    reason = tr("打开{office}的开户文件").format(office=setup.office_name)
    with register.change(actor, reason, SETTING_UP) as change:
        changes = set_up(register, change, setup, actor, today, seed)
    seal_to_office(register, actor)
    return Opened(setup.office_name, setup.fingerprint, changes)


def _other_office(before: KnownOffice, setup: SetUp) -> str:
    happened = tr(
        "这份开户文件不是原来的{office}签的，没有使用。原来的核对码是{old}，这一份的是{new}。"
    ).format(new=setup.fingerprint, office=before.name, old=before.fingerprint)
    mend = tr("请先打电话与司法所核对；确实换了司法所或司法所换了密钥，再确认改用这一份。")
    return happened + mend


def set_up(
    register: Register,
    change: ChangeDoor,
    setup: SetUp,
    actor: str,
    today: date,
    seed: bytes = b"",
) -> tuple[str, ...]:
    """Carry out what a set-up file says within an open act; what changed, in words."""
    before = known_office(register)
    key = made_key(register, seed)
    same = before is not None and setup.follows(before.key)
    if before is not None and not same:
        begin_anew(register, sent(register))
    elif setup.packages:
        note_before(register, setup.packages)
    remember_office(
        register,
        KnownOffice(
            setup.office_id,
            setup.office_code,
            setup.office_name,
            setup.office_key,
            setup.id,
            DeskKey(setup.invitation).sign_up(key.public, setup.unit.id),
            today.isoformat(),
            dict(setup.settings),
            before.with_key(setup.office_key).earlier if before is not None and same else "",
        ),
    )
    committee = setup.committee
    if committee is not None and register.get("unit", committee.id) is None:
        change.adopt((committee,), setup.lineages)
    return (
        _told_of_office(before, setup),
        *_unit(register, change, setup.unit),
        *_types(register, change, setup),
        *_grades(register, change, setup),
        *_settings(register, setup, before, actor),
    )


def _told_of_office(before: KnownOffice | None, setup: SetUp) -> str:
    if before is None:
        words = tr("以后的报送由本机签名，封存给{office}")
    elif before.key != setup.office_key:
        words = tr("改为封存给{office}，核对码{code}")
    else:
        words = tr("{office}的开户凭据已更新")
    return words.format(office=setup.office_name, code=fingerprint(setup.office_key))


def _unit(register: Register, change: ChangeDoor, theirs: Unit) -> Iterator[str]:
    """Fill in what of the own unit was left empty; what was typed here stays."""
    ours = cast("Unit | None", register.get("unit", theirs.id))
    if ours is None:
        return
    filled = {
        name: getattr(theirs, name)
        for name in _FILLED
        if not getattr(ours, name) and getattr(theirs, name)
    }
    if filled:
        change.keep(replace(ours, **filled))
    for name, value in filled.items():
        yield tr("{label}：{value}").format(label=label_of(Unit, name), value=value)


def _types(register: Register, change: ChangeDoor, setup: SetUp) -> Iterator[str]:
    """Take the office's local types; one of the village's own with the same code stays."""
    ours = {entry.id: entry for entry in cast(list[LocalType], register.all("local_type"))}
    codes = {entry.code for entry in ours.values()}
    for entry in setup.types:
        known = ours.get(entry.id)
        if known is None and entry.code in codes:
            words = tr("本地纠纷类型{code}保留本村的，没有采用司法所的“{label}”")
            yield words.format(code=entry.code, label=entry.label)
        elif known is None or known.revision < entry.revision:
            change.adopt((entry,), setup.lineages)
            yield tr("本地纠纷类型：{label}").format(label=entry.label)


def _grades(register: Register, change: ChangeDoor, setup: SetUp) -> Iterator[str]:
    """Take the office's table of allowances, which the village's own then gives way to."""
    ours = cast(list[AllowanceGrade], register.all("allowance_grade"))
    known = {entry.id: entry.revision for entry in ours}
    theirs = {entry.id for entry in setup.grades}
    new = [entry for entry in setup.grades if known.get(entry.id, 0) < entry.revision]
    if not new:
        return
    change.adopt(new, setup.lineages)
    for entry in ours:
        if entry.id not in theirs and not entry.void_reason:
            change.keep(replace(entry, void_reason=tr("改用司法所的补贴标准")))
    count = sum(not entry.void_reason for entry in setup.grades)
    yield tr("以案定补标准：{count}个等级").format(count=count)


def _settings(
    register: Register, setup: SetUp, before: KnownOffice | None, actor: str
) -> Iterator[str]:
    """Take the office's settings, but for what the village had set and the office leaves alone."""
    ours = register.settings
    base = asdict(Settings()) | (before.settings if before else {})
    taken: dict[str, Any] = {}
    for name in (entry.name for entry in fields(Settings)):
        theirs = setup.settings.get(name)
        if type(theirs) is type(base[name]) and theirs != base[name]:
            taken[name] = theirs
    wanted = replace(ours, **taken)
    if wrong := errors(settings_problems(wanted)):
        happened = tr("开户文件里的设置不能使用：{why}").format(why=wrong[0].message)
        raise DeskError(happened + tr("请让司法所核对设置后重新做一份。"))
    for entry in put_settings(register, wanted, actor):
        words = tr("{label}：{before}改为{after}")
        yield words.format(label=called(entry.setting), before=entry.before, after=entry.after)
