"""The verb for totals of earlier years that stand on paper."""

import argparse
from pathlib import Path

from mediation_desk.cli.asking import (
    DONE,
    PROBLEMS,
    Add,
    actor_of,
    on_register,
    opened,
    say,
    tell_problems,
    workbook_at,
)
from mediation_desk.desk import paper_totals
from mediation_desk.desk.clock import today
from mediation_desk.domain.paper_totals import PaperTotal
from mediation_desk.domain.periods import Period
from mediation_desk.figures.paper_totals import TABLES
from mediation_desk.store.register import Register
from mediation_desk.words import tr


def _paper_totals(given: argparse.Namespace) -> int:
    if given.blank is not None:
        path = paper_totals.blank(given.table, given.blank)
        say(tr("已写成空白的历史数据表 {path}。").format(path=path))
        return DONE
    with opened(given) as register:
        if given.take is not None:
            return _take(register, given)
        if given.strike is not None:
            actor = actor_of(register, given)
            paper_totals.strike(register, given.strike, actor, given.reason)
            say(tr("已作废。"))
            return DONE
        found = paper_totals.kept(register)
    for total in found:
        _tell(total)
    if not found:
        say(tr("还没有录入历史数据。"))
    return DONE


def _take(register: Register, given: argparse.Namespace) -> int:
    seen = paper_totals.look(register, given.take)
    tell_problems([*seen.unread, *seen.problems])
    if given.dry_run:
        return PROBLEMS if seen.problems or seen.unread else DONE
    actor, day = actor_of(register, given), given.today or today()
    made = paper_totals.keep(register, seen, given.remark, actor, day)
    say(tr("已录入为第{number}号，数字照原件，没有改。").format(number=made.number))
    return DONE


def _tell(total: PaperTotal) -> None:
    words = tr("第{number}号\t{period}\t{title}\t{source}")
    period = Period(total.period_from, total.period_to).label()
    title = TABLES[total.table].title
    say(words.format(number=total.number, period=period, title=title, source=total.source))
    for line in total.findings.splitlines():
        say("  " + line)
    if total.remark:
        say("  " + tr("说明：{remark}").format(remark=total.remark))


def add_paper_totals(add: Add) -> None:
    """Add the verb for totals of earlier years that stand on paper."""
    words = tr("以前年度纸质报表的数字：做空白表、录入、列出、作废；不符的写明说明后保留")
    verb = on_register(add, "paper-totals", words, _paper_totals)
    verb.add_argument("--blank", type=workbook_at, metavar="F.xlsx", help=tr("做一张空白表"))
    verb.add_argument("--table", choices=tuple(TABLES), default="ministry", help=tr("哪种表"))
    verb.add_argument("--take", type=Path, metavar="F.xlsx", help=tr("录入填好的表"))
    verb.add_argument("--remark", default="", help=tr("有不符时的说明"))
    verb.add_argument("--dry-run", action="store_true", help=tr("只检查，不录入"))
    verb.add_argument("--strike", type=int, metavar=tr("编号"), help=tr("作废一份"))
    verb.add_argument("--reason", default="", help=tr("作废的原因"))
