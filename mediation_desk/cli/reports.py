"""The verbs that report, and the one that tries the program itself."""

import argparse

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
from mediation_desk.figures.calibre import Calibre, DateBasis
from mediation_desk.words import tr


def _report(given: argparse.Namespace) -> int:
    basis = DateBasis.CLOSING if given.by == "closing" else DateBasis.INTAKE
    calibre = Calibre(given.period, basis, not given.written_only, given.types)
    with opened(given) as register:
        actor = actor_of(register, given)
        path, problems = reporting.write_report(
            register, calibre, given.out, actor, given.today or today()
        )
    say(tr("已写成 {path}。").format(path=path))
    tell_problems(problems)
    return code_of(problems)


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
    report.add_argument("--period", type=period_of, required=True)
    report.add_argument("--out", type=workbook_at, required=True)
    report.add_argument("--by", choices=("intake", "closing"), default="intake")
    report.add_argument("--written-only", action="store_true", help=tr("不计口头协议"))
    report.add_argument("--types", choices=("18", "15"), default="18")
    test = add("self-test", help=tr("检查程序本身是否完整"))
    test.add_argument("--no-window", action="store_true")
    test.set_defaults(act=_self_test)
