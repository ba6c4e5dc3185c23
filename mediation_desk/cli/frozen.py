"""The verbs about reports that stand still: freezing one, listing them, what changed since."""

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
    tell_problems,
    workbook_at,
)
from mediation_desk.desk import freezing, frozen
from mediation_desk.desk.adjusting import Adjustment
from mediation_desk.desk.clock import today
from mediation_desk.desk.frozen import Kept
from mediation_desk.domain.codes import ReportStep
from mediation_desk.figures.calibre import Calibre, DateBasis
from mediation_desk.store.register import Register
from mediation_desk.words import tr

OFFICIAL = "ministry"
_BASES = {"受理": DateBasis.INTAKE, "结案": DateBasis.CLOSING}
_BY = {"intake": DateBasis.INTAKE, "closing": DateBasis.CLOSING}


def add_calibre(parser: argparse.ArgumentParser) -> None:
    """Add the words that say which table is meant and how it counts."""
    parser.add_argument("--table", default="", help=tr("统计表的代号，不写则为49栏汇总报表"))
    parser.add_argument(
        "--period", type=period_of, help=tr("期间，如 2026、2026-10、2026Q3、2026SY")
    )
    parser.add_argument("--basis", choices=tuple(_BASES), default="", help=tr("按哪个日期统计"))
    parser.add_argument("--by", choices=tuple(_BY), default="intake")
    parser.add_argument("--written-only", action="store_true", help=tr("不计口头协议"))
    parser.add_argument("--types", choices=("18", "15"), default="18")


def calibre_of(given: argparse.Namespace) -> Calibre:
    """The calibre that was named."""
    basis = _BASES[given.basis] if given.basis else _BY[given.by]
    return Calibre(given.period, basis, not given.written_only, given.types)


def frozen_words(exported: freezing.Exported) -> str:
    """Under which number a workbook was kept."""
    words = tr("已冻结为第{number}号报表，以后的改动另列为调整。")
    return words.format(number=exported.kept.report.number)


def line_of(kept: Kept) -> str:
    """A frozen report in one line."""
    report = kept.report
    parts = [
        tr("第{number}号").format(number=report.number),
        report.title,
        frozen.calibre_in(report).period.label(),
        tr("{day} {by}冻结").format(day=report.frozen_on, by=report.frozen_by),
        kept.state,
    ]
    if kept.sent is not None and kept.sent.receiver:
        parts.append(kept.sent.receiver)
    return "\t".join(parts)


def _freeze(given: argparse.Namespace) -> int:
    if given.period is None:
        given.wrong(tr("缺少 --{name}").format(name="period"))
    what = ReportStep.PRINTED if given.sent_to is None else ReportStep.SENT
    with opened(given) as register:
        kept = freezing.freeze(
            register,
            given.table or OFFICIAL,
            calibre_of(given),
            actor_of(register, given),
            given.today or today(),
            what,
            given.sent_to or "",
        )
    say(line_of(kept))
    return DONE


def _reports(given: argparse.Namespace) -> int:
    with opened(given) as register:
        if given.sent is not None:
            return _sent(register, given)
        if given.export is not None:
            return _export(register, given)
        told = [
            (kept, len(frozen.adjustments(register, kept.report)))
            for kept in frozen.reports(register)
        ]
    for kept, count in told:
        state = tr("有调整{count}处").format(count=count) if count else tr("一致")
        say(f"{line_of(kept)}\t{state}")
    if not told:
        say(tr("还没有已报报表。导出或打印统计表时会自动冻结一份。"))
    return DONE


def _sent(register: Register, given: argparse.Namespace) -> int:
    report = frozen.report_with(register, given.sent).report
    actor, day = actor_of(register, given), given.today or today()
    kept = freezing.note_use(register, report, ReportStep.SENT, actor, day, given.to)
    say(line_of(kept))
    return DONE


def _export(register: Register, given: argparse.Namespace) -> int:
    if given.out is None:
        given.wrong(tr("缺少 --{name}").format(name="out"))
    report = frozen.report_with(register, given.export).report
    actor, day = actor_of(register, given), given.today or today()
    exported = freezing.export_again(register, report, given.out, actor, day)
    say(tr("已写成 {path}。").format(path=exported.path))
    tell_problems(exported.problems)
    return DONE


def _adjustments(given: argparse.Namespace) -> int:
    with opened(given) as register:
        kept = frozen.report_with(register, given.number)
        found = frozen.adjustments(register, kept.report)
    say(line_of(kept))
    for adjustment in found:
        _tell(adjustment)
    if not found:
        say(tr("与现在的登记簿一致，没有调整。"))
    return PROBLEMS if found else DONE


def _tell(adjustment: Adjustment) -> None:
    say(f"{adjustment.what}\t{adjustment.name}")
    for step in adjustment.steps:
        who = tr("{at} {actor}（{reason}）").format(
            at=step.at[:16].replace("T", " "), actor=step.actor, reason=step.reason
        )
        say(f"  {who}")
        for told in step.told:
            say(f"    {told}")
    for effects in adjustment.effect_words:
        say(f"  {effects}")


def add_frozen(add: Add) -> None:
    """Add the verbs about reports that stand still."""
    freeze = on_register(add, "freeze", tr("冻结一份统计表，不写文件（如已打印、已上报）"), _freeze)
    add_calibre(freeze)
    freeze.add_argument("--sent-to", metavar=tr("报送对象"), help=tr("已经上报给谁"))
    freeze.set_defaults(wrong=freeze.error)
    reports = on_register(add, "reports", tr("列出已报报表和以后的调整数；标明已上报"), _reports)
    number = tr("编号")
    reports.add_argument("--sent", type=int, metavar=number, help=tr("标明这一号已经上报"))
    reports.add_argument("--to", default="", metavar=tr("报送对象"))
    reports.add_argument("--export", type=int, metavar=number, help=tr("把这一号重新写成工作簿"))
    reports.add_argument("--out", type=workbook_at)
    reports.set_defaults(wrong=reports.error)
    told = on_register(add, "adjustments", tr("一份已报报表以后有哪些调整、为什么"), _adjustments)
    told.add_argument("number", type=int, metavar=number)
