"""Setting up a desk: who it belongs to, under which password, in a new register."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from mediation_desk.desk.clock import today
from mediation_desk.desk.placing import check_new_place
from mediation_desk.domain.checks import unit_problems
from mediation_desk.domain.codes import Role, Sex, UnitKind
from mediation_desk.domain.organisation import Mediator, Unit
from mediation_desk.domain.problems import DeskError, Problem, Severity, errors
from mediation_desk.domain.record import new_id, unit_id
from mediation_desk.store.opening import create_register
from mediation_desk.store.register import Register
from mediation_desk.store.undoing import FOUNDING
from mediation_desk.words import tr

if TYPE_CHECKING:
    from mediation_desk.exchange.setup_file import SetUp

SHORTEST_PASSWORD = 6
_TOWNSHIP_CODE = 9


@dataclass(frozen=True, slots=True)
class Founding:
    """What a new register begins with: desk, unit, person, and the committee it records for.

    A village's unit is its committee; an office may record for the township's own committee.
    `setup` is what the file says by which the office sets a village up; the desk's key is made
    from `seed`, or at random.
    """

    role: Role
    unit: Unit
    person: str
    committee: Unit | None = None
    mediators: tuple[Mediator, ...] = ()
    setup: "SetUp | None" = None
    seed: bytes = b""


def _unit(kind: UnitKind, code: str, name: str, committee: str, word: str) -> Unit:
    within_township = code[_TOWNSHIP_CODE:] != "000"
    parent = code[:_TOWNSHIP_CODE] + "000" if within_township else code[:6] + "000000"
    return Unit(
        id=unit_id(kind.value, code),
        code=code,
        name=name,
        kind=kind,
        committee=committee,
        number_word=word,
        parent_code=parent,
    )


def found_village(
    county: str,
    town: str,
    name: str,
    kind: UnitKind,
    code: str,
    person: str,
    sex: Sex | None = None,
) -> Founding:
    """The founding of a village's or community's desk, with `person` as its first mediator."""
    committee = tr("{county}{town}{name}人民调解委员会").format(county=county, town=town, name=name)
    unit = _unit(kind, code.strip(), name.strip(), committee, name.strip()[:1] + tr("民调"))
    mediator = Mediator(id=new_id(), unit_id=unit.id, name=person.strip(), sex=sex)
    return Founding(Role.VILLAGE, unit, person.strip(), unit, (mediator,))


def found_by(setup: "SetUp", person: str, sex: Sex | None = None) -> Founding:
    """The founding of a village's desk as its office's set-up file says."""
    unit = setup.unit
    mediator = Mediator(id=new_id(), unit_id=unit.id, name=person.strip(), sex=sex)
    return Founding(Role.VILLAGE, unit, person.strip(), unit, (mediator,), setup)


def found_office(county: str, town: str, code: str, person: str) -> Founding:
    """The founding of a judicial office's desk, which also records for the township's committee."""
    code, town = code.strip(), town.strip()
    short = town.removesuffix(tr("镇")).removesuffix(tr("乡")).removesuffix(tr("街道"))
    name = tr("{short}司法所").format(short=short)
    office = _unit(UnitKind.OFFICE, code, name, "", "")
    kind = UnitKind.STREET if town.endswith(tr("街道")) else UnitKind.TOWNSHIP
    full = tr("{county}{town}人民调解委员会").format(county=county, town=town)
    word = short[:1] + town[-1:] + tr("民调")
    committee = _unit(kind, code, tr("{town}调委会").format(town=town), full, word)
    return Founding(Role.OFFICE, office, person.strip(), committee)


def founding_problems(founding: Founding) -> list[Problem]:
    """What keeps a desk from being set up."""
    found = unit_problems(founding.unit, today())
    if not founding.person:
        words = tr("没有填写记录人或工作人员的姓名。")
        found.append(Problem("U9", Severity.ERROR, "person", words, tr("请填写姓名。")))
    return found


def password_words(password: str) -> tuple[str, str]:
    """How strong a password is, in words and a tone; no rule but a shortest length."""
    kinds = sum(
        any(test(character) for character in password)
        for test in (str.isdigit, str.isalpha, lambda character: not character.isalnum())
    )
    if len(password) < SHORTEST_PASSWORD:
        return tr("太短：至少{count}位").format(count=SHORTEST_PASSWORD), "red"
    if password.isdigit() and len(password) < 10:
        return tr("偏弱：只有数字，容易猜到"), "amber"
    if len(password) >= 10 or kinds > 1:
        return tr("够用"), "green"
    return tr("偏弱：再长几位更稳妥"), "amber"


def password_too_short(password: str) -> str:
    """Why a password cannot be taken; empty if it can."""
    if len(password) >= SHORTEST_PASSWORD:
        return ""
    return tr("密码太短。请至少输入{count}位。").format(count=SHORTEST_PASSWORD)


def create(folder: Path, founding: Founding, password: str) -> Register:
    """A new register for `founding` in `folder`; raises `DeskError` if it is not in order."""
    wrong = errors(founding_problems(founding))
    if wrong:
        raise DeskError(wrong[0].message + wrong[0].mend)
    if short := password_too_short(password):
        raise DeskError(short)
    check_new_place(folder)

    def found(register: Register) -> None:
        _found(register, founding)

    return create_register(folder, password, found)


def _found(register: Register, founding: Founding) -> None:
    register.set("role", founding.role.value)
    register.set("person", founding.person)
    register.set("unit", founding.unit.id)
    if founding.committee is not None:
        register.set("committee", founding.committee.id)
    with register.change(founding.person, tr("开户"), FOUNDING) as change:
        if founding.setup is not None:
            # It is the office's until something is changed here.
            change.adopt((founding.unit,), founding.setup.lineages)
        else:
            change.keep(founding.unit)
        if founding.committee is not None and founding.committee.id != founding.unit.id:
            change.keep(founding.committee)
        for mediator in founding.mediators:
            change.keep(replace(mediator, revision=0))
        if founding.setup is not None:
            # Loading it costs time that a start without a set-up file does not have.
            from mediation_desk.desk.enrolling import set_up  # noqa: PLC0415

            who, seed = founding.person, founding.seed
            set_up(register, change, founding.setup, who, today(), seed)
    if founding.setup is not None:
        from mediation_desk.desk.escrowing import seal_to_office  # noqa: PLC0415

        seal_to_office(register, founding.person)
