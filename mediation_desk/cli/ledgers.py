"""The verbs about ledgers kept by hand: the blank one, and those that other systems take in."""

import argparse
from pathlib import Path

from mediation_desk.cli.asking import (
    DONE,
    Add,
    actor_of,
    common,
    on_register,
    opened,
    period_of,
    say,
    workbook_at,
)
from mediation_desk.desk import other_ledgers
from mediation_desk.desk.clock import today
from mediation_desk.domain.organisation import Unit
from mediation_desk.domain.problems import DeskError
from mediation_desk.figures.columns import COMMITTEES
from mediation_desk.store.register import Register
from mediation_desk.words import tr


def committee_with(register: Register, code: str) -> Unit:
    """The unit with a code; raises `DeskError` if the register knows none with a committee."""
    for unit in register.units():
        if unit.code == code and unit.kind in COMMITTEES:
            return unit
    words = tr("登记簿里没有代码为{code}的单位。请核对代码，或先在“组织人员”里加上。")
    raise DeskError(words.format(code=code))


def _template(given: argparse.Namespace) -> int:
    day = given.today or today()
    if given.register is None:
        if given.unit:
            given.wrong(tr("--unit 要和 --register 一起用"))
        path = other_ledgers.write_blank(None, None, day, given.file)
    else:
        with opened(given) as register:
            unit = committee_with(register, given.unit) if given.unit else None
            path = other_ledgers.write_blank(register, unit, day, given.file)
    say(tr("已写成空白台账 {path}。").format(path=path))
    return DONE


def _ledger(given: argparse.Namespace) -> int:
    name = other_ledgers.LayoutName(given.layout)
    with opened(given) as register:
        handing = other_ledgers.Handing(
            name,
            given.period,
            actor_of(register, given),
            given.today or today(),
            given.unmasked_for,
        )
        count = other_ledgers.write_ledger(register, handing, given.out)
    words = tr("已写成 {path}：{count}件，含完整个人信息，交给{receiver}。")
    say(words.format(path=given.out, count=count, receiver=given.unmasked_for))
    return DONE


def add_ledgers(add: Add) -> None:
    """Add the verbs about ledgers kept by hand."""
    words = tr("做一份空白台账，给没有装调解台的村填写")
    blank = add("template", help=words, description=words)
    blank.add_argument("file", type=workbook_at)
    blank.add_argument("--register", type=Path, help=tr("用这本登记簿的纠纷类型和调解员"))
    blank.add_argument("--unit", default="", metavar=tr("统计代码"), help=tr("给哪个村"))
    common(blank)
    blank.set_defaults(act=_template, wrong=blank.error)
    other = on_register(add, "ledger", tr("按别的系统的格式导出台账"), _ledger)
    names = [name.value for name in other_ledgers.LayoutName]
    other.add_argument("--layout", choices=names, required=True)
    other.add_argument("--period", type=period_of, required=True)
    other.add_argument("--out", type=workbook_at, required=True)
    other.add_argument(
        "--unmasked-for", required=True, metavar=tr("接收人"), help=tr("含完整个人信息，写明交给谁")
    )
