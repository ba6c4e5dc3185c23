"""The verb about who works at a desk."""

import argparse

from mediation_desk.cli.asking import DONE, Add, actor_of, on_register, opened, say
from mediation_desk.desk import persons
from mediation_desk.domain.desk_log import Access, DeskPerson
from mediation_desk.domain.problems import DeskError
from mediation_desk.store.register import Register
from mediation_desk.words import tr


def _named(register: Register, name: str) -> DeskPerson:
    found = next((one for one in persons.everyone(register) if one.name == name), None)
    if found is None:
        words = tr("名单里没有“{name}”。不带选项运行本命令，可以看名单。")
        raise DeskError(words.format(name=name))
    return found


def _persons(given: argparse.Namespace) -> int:
    with opened(given) as register:
        actor = actor_of(register, given)
        if given.add:
            persons.add_person(register, given.add, Access.WRITES, actor=actor)
        if given.add_reader:
            persons.add_person(register, given.add_reader, Access.READS, actor=actor)
        if given.leave:
            persons.leave(register, _named(register, given.leave), actor=actor)
        for person in persons.everyone(register):
            told = tr("{name}　{access}").format(name=person.name, access=tr(person.access.label))
            say(told)
    return DONE


def add_persons(add: Add) -> None:
    """Add the verb about who works at a desk."""
    listed = on_register(add, "persons", tr("这里由谁办理：列出、增减"), _persons)
    name = tr("姓名")
    listed.add_argument("--add", default="", metavar=name, help=tr("新增办理人员"))
    listed.add_argument("--add-reader", default="", metavar=name, help=tr("新增只读人员，限司法所"))
    listed.add_argument("--leave", default="", metavar=name, help=tr("以后不再列出"))
