"""The verbs about a register itself: making one, setting it up, looking after it."""

import argparse
import sys
from pathlib import Path

from mediation_desk.cli.asking import (
    DONE,
    KINDS,
    PROBLEMS,
    Add,
    actor_of,
    day_of,
    on_register,
    opened,
    password_of,
    say,
    tell_problems,
    workbook_at,
)
from mediation_desk.desk import desk_key, enrolling, setting_up
from mediation_desk.desk.clock import today
from mediation_desk.domain.problems import DeskError
from mediation_desk.exchange.setup_file import read_setup_file
from mediation_desk.store.connection import RESTORE
from mediation_desk.words import tr


def _founding(given: argparse.Namespace) -> setting_up.Founding:
    person = given.actor
    if given.setup is not None:
        return setting_up.found_by(read_setup_file(given.setup), person)
    told = {"--role": given.role, "--county": given.county, "--town": given.town,
            "--code": given.code}  # fmt: skip
    if missing := [name for name, value in told.items() if not value]:
        given.wrong(tr("缺少 {names}").format(names=", ".join(missing)))
    if given.role == "office":
        return setting_up.found_office(given.county, given.town, given.code, person)
    kind = KINDS[given.role]
    return setting_up.found_village(given.county, given.town, given.name, kind, given.code, person)


def _new(given: argparse.Namespace) -> int:
    founding = _founding(given)
    setting_up.create(given.register, founding, password_of(given, twice=True)).close()
    say(tr("已建立登记簿：{path}").format(path=given.register))
    if founding.setup is not None:
        _compare(founding.setup.office_name, founding.setup.fingerprint)
    return DONE


def _compare(office: str, fingerprint: str) -> None:
    words = tr("{office}的核对码：{code}")
    say(words.format(office=office, code=fingerprint))
    say(tr("请与司法所打电话核对，两边念出的数字应当完全一样。"))


def _setup_file(given: argparse.Namespace) -> int:
    with opened(given) as register:
        unit = enrolling.unit_with(register, given.unit)
        if unit is None:
            if not given.name:
                words = tr("登记簿里没有代码为{code}的单位。请核对代码；新单位请加 --name 村名。")
                raise DeskError(words.format(code=given.unit))
            unit = enrolling.new_unit(
                register, given.unit, given.name, given.committee, KINDS[given.kind]
            )
        made = enrolling.make_setup_file(
            register, unit, given.out, actor_of(register, given), given.today or today()
        )
        office = register.unit.name
    say(tr("已写成 {path}，请当面交给{unit}。").format(path=made.path, unit=made.unit.name))
    say(tr("{office}的核对码：{code}").format(office=office, code=made.fingerprint))
    return DONE


def _enrol(given: argparse.Namespace) -> int:
    with opened(given) as register:
        actor, day = actor_of(register, given), given.today or today()
        try:
            found = enrolling.open_setup_file(
                register, given.file, actor, day, another_office=given.other_office
            )
        except enrolling.AnotherOffice as error:
            raise DeskError(str(error) + tr("（加 --other-office）。")) from error
    for words in found.changes or (tr("这份开户文件以前打开过，没有变化"),):
        say(words + tr("。"))
    _compare(found.office, found.fingerprint)
    return DONE


def _fingerprint(given: argparse.Namespace) -> int:
    with opened(given) as register:
        say(desk_key.own_fingerprint(register))
        if office := desk_key.known_office(register):
            say(tr("{office}的核对码：{code}").format(office=office.name, code=office.fingerprint))
    return DONE


def _demo(given: argparse.Namespace) -> int:
    # The demo's stories take longer to load than most commands to run.
    from mediation_desk.desk import demonstration  # noqa: PLC0415

    made = demonstration.build(given.folder, given.today or today(), print)
    say(tr("演示乡镇已建在 {path}，各登记簿的密码都是 {password}").format(
        path=made, password=demonstration.PASSWORD))  # fmt: skip
    return DONE


def _dump(given: argparse.Namespace) -> int:
    with opened(given) as register:
        for line in register.dump():
            print(line)
    return DONE


def _verify(given: argparse.Namespace) -> int:
    with opened(given) as register:
        problems = register.verify()
    tell_problems(problems)
    if problems:
        found = tr("登记簿有{count}处问题。").format(count=len(problems))
        sys.stderr.write(found + tr(RESTORE) + "\n")
        return PROBLEMS
    say(tr("登记簿完好。"))
    return DONE


def add_registers(add: Add) -> None:
    """Add the verbs that make a register and look after it."""
    new = on_register(add, "new", tr("建立一本新的登记簿"), _new)
    new.add_argument("--setup", type=Path, help=tr("司法所给的开户文件；有它就不用填下面几项"))
    new.add_argument("--role", choices=(*KINDS, "office"))
    new.add_argument("--county", help=tr("区县，如 丰都县"))
    new.add_argument("--town", help=tr("乡镇，如 双龙镇"))
    new.add_argument("--name", default="", help=tr("村或社区名"))
    new.add_argument("--code", help=tr("12位统计代码"))
    new.set_defaults(wrong=new.error)
    demo = add("demo", help=tr("建立演示乡镇"))
    demo.add_argument("folder", type=Path)
    demo.add_argument("--today", type=day_of)
    demo.set_defaults(act=_demo)
    on_register(add, "dump", tr("把所有记录写成 JSON Lines"), _dump)
    on_register(add, "verify", tr("检查登记簿是否完好"), _verify)


def add_keys(add: Add) -> None:
    """Add the verbs about the keys of desks."""
    made = on_register(add, "setup-file", tr("司法所给一个村做开户文件"), _setup_file)
    made.add_argument("--unit", required=True, metavar=tr("统计代码"), help=tr("给哪个村"))
    made.add_argument("--out", type=workbook_at, required=True)
    made.add_argument("--name", default="", help=tr("登记簿里还没有的单位，写它的名称"))
    made.add_argument("--committee", default="", help=tr("新单位的人民调解委员会全称"))
    made.add_argument("--kind", choices=tuple(KINDS), default="village")
    enrol = on_register(add, "enrol", tr("村里打开司法所给的开户文件"), _enrol)
    enrol.add_argument("file", type=Path)
    enrol.add_argument("--other-office", action="store_true", help=tr("确认改用另一个司法所的"))
    on_register(add, "fingerprint", tr("说出本机密钥的核对码"), _fingerprint)
