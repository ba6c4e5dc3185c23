"""The verbs that report, and the one that tries the program itself."""

import argparse
from pathlib import Path

from mediation_desk.cli.asking import (
    DONE,
    Add,
    actor_of,
    code_of,
    on_register,
    opened,
    period_of,
    say,
    tell_problems,
    workbook_at,
)
from mediation_desk.desk import reporting
from mediation_desk.desk.clock import today
from mediation_desk.domain.problems import Problem
from mediation_desk.figures.calibre import Calibre, DateBasis
from mediation_desk.store.register import Register
from mediation_desk.words import tr

_BASES = {"受理": DateBasis.INTAKE, "结案": DateBasis.CLOSING}
_BY = {"intake": DateBasis.INTAKE, "closing": DateBasis.CLOSING}


def _report(given: argparse.Namespace) -> int:
    if given.list:
        for layout in reporting.tables():
            say(f"{layout.id}\t{layout.title}")
        return DONE
    for name in ("period", "out"):
        if getattr(given, name) is None:
            given.wrong(tr("缺少 --{name}").format(name=name))
    basis = _BASES[given.basis] if given.basis else _BY[given.by]
    calibre = Calibre(given.period, basis, not given.written_only, given.types)
    with opened(given) as register:
        path, problems = _written(register, calibre, given)
    say(tr("已写成 {path}。").format(path=path))
    tell_problems(problems)
    return code_of(problems)


def _written(
    register: Register, calibre: Calibre, given: argparse.Namespace
) -> tuple[Path, list[Problem]]:
    actor, day = actor_of(register, given), given.today or today()
    if not given.table:
        return reporting.write_report(register, calibre, given.out, actor, day)
    shown = reporting.table(register, given.table, calibre)
    return reporting.write_table(register, shown, given.out, actor, day), []


def _self_test(given: argparse.Namespace) -> int:
    from mediation_desk.desk import self_testing  # noqa: PLC0415

    self_testing.run(say)
    if not given.no_window:
        given.try_window()
        say(tr("窗口：正常"))
    say(tr("自检通过。"))
    return DONE


def add_reports(add: Add) -> None:
    """Add the verbs that report, and the one that tries the program itself."""
    report = on_register(add, "report", tr("写出汇总报表"), _report)
    report.add_argument("--list", action="store_true", help=tr("列出各种统计表的代号和名称"))
    report.add_argument("--table", default="", help=tr("统计表的代号，不写则为49栏汇总报表"))
    report.add_argument(
        "--period", type=period_of, help=tr("期间，如 2026、2026-10、2026Q3、2026SY")
    )
    report.add_argument("--out", type=workbook_at)
    report.add_argument("--basis", choices=tuple(_BASES), default="", help=tr("按哪个日期统计"))
    report.add_argument("--by", choices=tuple(_BY), default="intake")
    report.add_argument("--written-only", action="store_true", help=tr("不计口头协议"))
    report.add_argument("--types", choices=("18", "15"), default="18")
    report.set_defaults(wrong=report.error)
    test = add("self-test", help=tr("检查程序本身是否完整"))
    test.add_argument("--no-window", action="store_true")
    test.set_defaults(act=_self_test)
