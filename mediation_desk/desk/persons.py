"""Who works at this desk: chosen when it is opened, named in the history of all that is done."""

from dataclasses import replace
from typing import cast

from mediation_desk.desk.desk_log import entry
from mediation_desk.domain.codes import Role
from mediation_desk.domain.desk_log import Access, DeskPerson, LogAct
from mediation_desk.domain.problems import DeskError
from mediation_desk.domain.record import new_id
from mediation_desk.store.changing import ChangeDoor
from mediation_desk.store.register import Register
from mediation_desk.words import tr

_LAST = "last_person"
_LONGEST_NAME = 20


def _known(register: Register) -> list[DeskPerson]:
    return cast(list[DeskPerson], register.all("desk_person"))


def everyone(register: Register) -> list[DeskPerson]:
    """Who may be chosen, by name; as long as nobody was added that is who set the desk up."""
    known = _known(register)
    if not known:
        return [DeskPerson(id="", name=register.person)]
    here = (person for person in known if not person.void_reason)
    return sorted(here, key=lambda person: person.name)


def offered(register: Register) -> DeskPerson:
    """Who sat here last and is offered first, else the first who may write."""
    people = everyone(register)
    last = register.setting(_LAST)
    writing = (person for person in people if person.access is Access.WRITES)
    same = (person for person in people if person.name == last)
    return next(same, None) or next(writing, people[0])


def sit_down(register: Register, person: DeskPerson) -> None:
    """Let `person` work from now on; who only reads finds all doors for writing closed."""
    register.reader = person.name if person.access is Access.READS else ""
    if register.setting(_LAST) != person.name:
        register.remember(_LAST, person.name)


def sit_down_as(register: Register, name: str) -> str:
    """Let who is called `name` work; without a name who set the desk up or the first who writes.

    A name that is not known here writes as before: it only stands in the history.
    """
    people = everyone(register)
    if name:
        known = next((person for person in people if person.name == name), None)
        register.reader = name if known is not None and known.access is Access.READS else ""
        return name
    writing = [person.name for person in people if person.access is Access.WRITES]
    return register.person if register.person in writing else writing[0]


# Who there is


def add_person(register: Register, name: str, access: Access, *, actor: str) -> DeskPerson:
    """Let somebody more be chosen; raises `DeskError` for a name that cannot be taken."""
    name = name.strip()
    if not name or len(name) > _LONGEST_NAME:
        words = tr("姓名没有填，或者超过{most}个字。请写真实姓名。").format(most=_LONGEST_NAME)
        raise DeskError(words)
    if any(person.name == name for person in everyone(register)):
        words = tr("“{name}”已经在名单里。同名的两个人请在姓名后面加以区分。")
        raise DeskError(words.format(name=name))
    _check_access(register, access)
    words = tr("新增{access}人员：{name}").format(access=tr(access.label), name=name)
    with register.change(actor, words) as change:
        _keep_founder(register, change)
        change.keep(entry(LogAct.PERSON, actor, words))
        return change.keep(DeskPerson(id=new_id(), name=name, access=access))


def give_access(register: Register, person: DeskPerson, access: Access, *, actor: str) -> None:
    """Let `person` write or only read from the next time that he sits down."""
    _check_access(register, access)
    _check_left(register, replace(person, access=access), person)
    words = tr("{name}改为{access}").format(name=person.name, access=tr(access.label))
    _change(register, person, words, actor, access=access)


def leave(register: Register, person: DeskPerson, *, actor: str) -> None:
    """Let `person` be chosen no more; what he did stays under his name."""
    _check_left(register, None, person)
    words = tr("{name}不再在这里办理").format(name=person.name)
    _change(register, person, words, actor, void_reason=words)


def _change(
    register: Register, person: DeskPerson, words: str, actor: str, **changed: object
) -> None:
    with register.change(actor, words) as change:
        kept = _keep_founder(register, change) or person
        change.keep(entry(LogAct.PERSON, actor, words))
        change.keep(replace(kept, **changed))  # type: ignore[arg-type]


def _keep_founder(register: Register, change: ChangeDoor) -> DeskPerson | None:
    """Write down who set the desk up, before anybody else is; None if that was done."""
    if _known(register):
        return None
    return change.keep(DeskPerson(id=new_id(), name=register.person))


def _check_access(register: Register, access: Access) -> None:
    if access is Access.READS and register.role is not Role.OFFICE:
        words = tr("只读人员只在司法所一端设置。村里办理的人都登记为办理人员。")
        raise DeskError(words)


def _check_left(register: Register, after: DeskPerson | None, before: DeskPerson) -> None:
    """See that somebody is left who may write; else nobody could ever change that again."""
    others = [person for person in everyone(register) if person.id != before.id]
    left = [*others, *([after] if after else [])]
    if not any(person.access is Access.WRITES for person in left):
        words = tr("至少要留一名办理人员。请先新增接手的人，再改这一位。")
        raise DeskError(words)
