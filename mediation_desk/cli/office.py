"""The verbs by which an office looks after what its villages report."""

import argparse

from mediation_desk.cli.asking import (
    DONE,
    PROBLEMS,
    Add,
    actor_of,
    on_register,
    opened,
    period_of,
    say,
)
from mediation_desk.cli.ledgers import committee_with
from mediation_desk.desk import counted_once, duplicates, provenance, reminding
from mediation_desk.desk.clock import today
from mediation_desk.desk.coverage import coverage
from mediation_desk.domain.cases import Dispute
from mediation_desk.domain.finding import DisputeRow, Find
from mediation_desk.domain.periods import month_before, month_of
from mediation_desk.domain.problems import DeskError
from mediation_desk.store.register import Register
from mediation_desk.words import tr

_MONTHS = 6


def _coverage(given: argparse.Namespace) -> int:
    day = given.today or today()
    months = [month_of(day)]
    while len(months) < given.months:
        months.insert(0, month_before(months[0]))
    with opened(given) as register:
        rows = coverage(register, months, day)
    say("\t".join((tr("单位"), *(month.label() for month in months))))
    for row in rows:
        say("\t".join((row.unit.name, *(cell.words for cell in row.cells))))
        for words in row.missing:
            say("  " + words)
    return DONE


def _remind(given: argparse.Namespace) -> int:
    with opened(given) as register:
        unit_id = committee_with(register, given.unit).id if given.unit else ""
        told = reminding.reminder_text(register, given.today or today(), unit_id)
    say(told or tr("没有单位需要提醒。"))
    return PROBLEMS if told else DONE


def _line(row: DisputeRow) -> str:
    sides = tr(" — ").join(filter(None, (row.applicants, row.respondents)))
    day = str(row.dispute.intake_on or "")
    return "\t".join((row.number, row.unit_name, day, sides, row.type_label))


def dispute_called(register: Register, number: str) -> Dispute:
    """The one dispute of a whole number or an id; two of one number are told apart by their ids."""
    found = register.get("dispute", number)
    if isinstance(found, Dispute):
        return found
    rows = [row for row in register.page(Find(text=number)).rows if row.number == number.strip()]
    if not rows:
        words = tr("登记簿里没有编号为“{number}”的纠纷。请核对编号，写完整。")
        raise DeskError(words.format(number=number))
    if len(rows) > 1:
        words = tr("编号“{number}”有{count}件纠纷，请改用它们的标识：{ids}。")
        ids = tr("、").join(row.dispute.id for row in rows)
        raise DeskError(words.format(number=number, count=len(rows), ids=ids))
    return rows[0].dispute


def _same(given: argparse.Namespace) -> int:
    with opened(given) as register:
        actor, day = actor_of(register, given), given.today or today()
        if given.look is not None:
            count = duplicates.look_through(register, given.look, actor)
            say(tr("新发现{count}对疑似同一纠纷。").format(count=count))
        if given.confirm or given.deny:
            decide = duplicates.confirm_same if given.confirm else duplicates.not_same
            called = (given.confirm or given.deny)[:2]
            first, second = (dispute_called(register, number) for number in called)
            decide(register, first.id, second.id, actor, day, given.reason)
            say(tr("已记下。"))
            return DONE
        pairs, found = duplicates.open_pairs(register), counted_once.same_cases(register)
    for pair in pairs:
        say(tr("疑似同一纠纷：{reason}").format(reason=pair.reason))
        say("  " + _line(pair.first))
        say("  " + _line(pair.second))
    for same in found:
        words = tr("已认定：{other}与{main}为同一纠纷，按{main}统计。")
        say(words.format(other=same.other.number, main=same.main.number))
    if not pairs and not found:
        say(tr("没有疑似的，也没有认定过的同一纠纷。"))
    return PROBLEMS if pairs else DONE


def _source(given: argparse.Namespace) -> int:
    with opened(given) as register:
        found = provenance.provenance(register, dispute_called(register, given.case).id)
    say(_line(found.row))
    say(found.words)
    for source in found.sources:
        say("  " + source.words)
    return DONE


def add_office(add: Add) -> None:
    """Add the verbs by which an office looks after what its villages report."""
    seen = on_register(add, "coverage", tr("看哪个单位哪个月报了、没报、迟报"), _coverage)
    seen.add_argument("--months", type=int, default=_MONTHS, help=tr("看几个月，默认6个月"))
    remind = on_register(add, "remind", tr("列出该提醒哪个单位什么，不含个人信息"), _remind)
    remind.add_argument("--unit", default="", metavar=tr("统计代码"), help=tr("只列一个单位"))
    same = on_register(add, "same-case", tr("列出疑似同一纠纷的案件；认定或否定"), _same)
    pair = (tr("纠纷编号"), tr("纠纷编号"))
    same.add_argument("--confirm", nargs=2, metavar=pair, help=tr("认定为同一纠纷，按前一件统计"))
    same.add_argument("--deny", nargs=2, metavar=pair, help=tr("不是同一纠纷，以后不再问"))
    same.add_argument("--reason", default="", metavar=tr("理由"))
    same.add_argument(
        "--look", type=period_of, metavar=tr("期间"), help=tr("在这个期间的纠纷中查找")
    )
    source = on_register(add, "source", tr("看一件纠纷来自哪个文件、哪一行"), _source)
    source.add_argument(
        "case", metavar=tr("纠纷编号"), help=tr("完整的编号，如 (2026)梨民调字第015号")
    )
