"""The verbs that report, and the one that tries the program itself."""

import argparse

from mediation_desk.cli.asking import (
    DONE,
    Add,
    actor_of,
    code_of,
    day_of,
    on_register,
    opened,
    say,
    tell_problems,
    workbook_at,
)
from mediation_desk.cli.frozen import OFFICIAL, add_calibre, calibre_of, frozen_words
from mediation_desk.desk import freezing, past_tables, reporting
from mediation_desk.desk.clock import today
from mediation_desk.words import tr


def _report(given: argparse.Namespace) -> int:
    if given.list:
        for layout in reporting.tables():
            say(f"{layout.id}\t{layout.title}")
        return DONE
    for name in ("period", "out"):
        if getattr(given, name) is None:
            given.wrong(tr("缺少 --{name}").format(name=name))
    calibre = calibre_of(given)
    kept = ""
    with opened(given) as register:
        asked = given.table or OFFICIAL, calibre, given.out
        acting = actor_of(register, given), given.today or today()
        if given.as_of is not None:
            path, problems = past_tables.write_on(register, given.as_of, *asked, *acting)
        else:
            exported = freezing.export(register, *asked, *acting)
            path, problems, kept = exported.path, exported.problems, frozen_words(exported)
    say(tr("已写成 {path}。").format(path=path))
    if kept:
        say(kept)
    tell_problems(problems)
    return code_of(problems)


def _self_test(given: argparse.Namespace) -> int:
    from mediation_desk.desk import self_testing  # noqa: PLC0415

    if not given.no_window:
        # First, because papers alone would start Qt without what a window needs.
        given.try_window()
        say(tr("窗口：正常"))
    self_testing.run(say)
    say(tr("自检通过。"))
    return DONE


def add_reports(add: Add) -> None:
    """Add the verbs that report, and the one that tries the program itself."""
    report = on_register(add, "report", tr("写出汇总报表"), _report)
    report.add_argument("--list", action="store_true", help=tr("列出各种统计表的代号和名称"))
    add_calibre(report)
    report.add_argument("--out", type=workbook_at)
    report.add_argument(
        "--as-of", type=day_of, metavar=tr("日期"), help=tr("按登记簿在这一天结束时的样子统计")
    )
    report.set_defaults(wrong=report.error)
    test = add("self-test", help=tr("检查程序本身是否完整"))
    test.add_argument("--no-window", action="store_true")
    test.set_defaults(act=_self_test)
