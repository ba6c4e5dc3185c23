"""Drafting the mediation part of the annual report from this desk's tables and ledgers."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import cast

from mediation_desk.desk import coverage, reporting
from mediation_desk.domain.codes import Direction, RiskLevel, Role, UnitKind
from mediation_desk.domain.handling import Referral, RiskEntry
from mediation_desk.domain.periods import months_of
from mediation_desk.domain.problems import DeskError
from mediation_desk.domain.record import Record
from mediation_desk.domain.reporting import Package
from mediation_desk.domain.returning import Return
from mediation_desk.domain.support import LegalAid
from mediation_desk.exchange.placing import place_whole
from mediation_desk.figures.calibre import Calibre
from mediation_desk.figures.table import StatTable
from mediation_desk.papers.annual_report import TABLES, Counted, Given, annual_report
from mediation_desk.papers.paper import Paper
from mediation_desk.papers.plain_text import plain_text
from mediation_desk.store.register import Register
from mediation_desk.words import tr

_VILLAGES = (UnitKind.VILLAGE, UnitKind.COMMUNITY)
_WORD, _TEXT = ".docx", ".txt"


def draft(register: Register, calibre: Calibre, today: date) -> Paper:
    """The draft over a period; what is due by `today` counts as due.

    Raises `DeskError` on a village's desk: the report is the township's.
    """
    if register.role is not Role.OFFICE:
        raise DeskError(tr("年度报告由司法所起草，村里不用做。村里的数字在“统计”里看。"))
    tables = {id_: reporting.table(register, id_, calibre) for id_ in TABLES}
    counts = _counts(register, calibre, today, tables["organisation"])
    return annual_report(Given(_name(register), tables, counts))


def write(paper: Paper, target: Path, *, sources: bool = False) -> Path:
    """Write the draft as Word or, by its ending, as plain text; in one go or not at all.

    Raises `DeskError` for another ending or where it cannot be written, with what to do.
    """
    kind = target.suffix.lower()
    if kind not in {_WORD, _TEXT}:
        words = tr("年度报告只能写成 .docx 或 .txt 文件，不能写成“{name}”。请改文件名的结尾。")
        raise DeskError(words.format(name=target.name))
    if kind == _TEXT:
        # Old editors tell the encoding only by the mark in front.
        content = plain_text(paper, sources=sources).encode("utf-8-sig")
    else:
        # What writes Word files takes long to load and is needed once a year.
        from mediation_desk.papers.word import word_of  # noqa: PLC0415

        content = word_of(paper)
    place_whole(target, content)
    return target


def _name(register: Register) -> str:
    """The township: what is said of it stands under its own name, not under its office's."""
    committee = register.committee
    return committee.name.removesuffix(tr("调委会")) if committee else register.unit.name


def _counts(
    register: Register, calibre: Calibre, today: date, organisation: StatTable
) -> dict[str, Counted]:
    villages = [unit for unit in register.units() if unit.kind in _VILLAGES]
    villages = [unit for unit in villages if not unit.void_reason]
    rows = {row.key for row in organisation.rows}
    covered = [unit for unit in villages
               if unit.id in rows and organisation.value(unit.id, "S01")]  # fmt: skip
    return {
        "villages": Counted(
            tr("村（社区）"), len(villages), tr("登记簿里没有撤销的村和社区的个数。")
        ),
        "with_committee": Counted(
            tr("已建立人民调解委员会的村（社区）"),
            len(covered),
            tr("其中登记了人民调解委员会的个数。"),
        ),
        **_of_cases(register, calibre),
        **_of_ledgers(register, calibre),
        **_of_reporting(register, calibre, today),
    }


def _of_cases(register: Register, calibre: Calibre) -> dict[str, Counted]:
    ids = [row.dispute.id for row in register.rows_at(register.places_behind(calibre))]
    referrals = cast(list[Referral], _standing(register.some("referral", ids, "dispute_id")))
    first = {entry.dispute_id for entry in referrals
             if entry.direction is Direction.IN and entry.first_petition}  # fmt: skip
    found = register.of_period("risk", "assessed_on", calibre.period)
    red = [entry for entry in cast(list[RiskEntry], _standing(found))
           if entry.level is RiskLevel.RED]  # fmt: skip
    told = {entry.dispute_id for entry in red if entry.reported_on is not None}
    return {
        "first_petitions": Counted(
            tr("初信初访引入调解"),
            len(first),
            tr("转入函件标明初信初访的案件，按报表口径的日期计，一件计一次。"),
        ),
        "red": Counted(
            tr("最高风险等级的案件"),
            len({entry.dispute_id for entry in red}),
            tr("评估日期在统计期间内、等级为红色的案件，一件计一次。"),
        ),
        "red_reported": Counted(
            tr("其中已报告"),
            len(told),
            tr("其中登记了报告日期的（人民调解法第二十五条）。"),
        ),
    }


def _of_ledgers(register: Register, calibre: Calibre) -> dict[str, Counted]:
    period = calibre.period
    found = register.of_period("legal_aid", "helped_on", period)
    aids = cast(list[LegalAid], _standing(found))
    answered = [entry for entry in aids if entry.answered_on is not None]
    held = _standing(register.of_period("consultation", "held_on", period))
    advised = [entry for entry in register.advised_sessions() if entry.held_on in period]
    return {
        "legal_aids": Counted(
            tr("协助申请法律援助"), len(aids), tr("协助日期在统计期间内的件数。")
        ),
        "legal_aids_answered": Counted(
            tr("已有答复的法律援助"), len(answered), tr("其中登记了答复日期的件数。")
        ),
        "consultations": Counted(
            tr("法律顾问解答咨询"), len(held), tr("咨询日期在统计期间内的次数。")
        ),
        "advised": Counted(
            tr("法律顾问参加调解"),
            len(advised),
            tr("有法律顾问参加、日期在统计期间内的调解、调查、回访次数。"),
        ),
    }


def _of_reporting(register: Register, calibre: Calibre, today: date) -> dict[str, Counted]:
    period = calibre.period
    months = [month for month in months_of(period) if coverage.due_on(register, month) < today]
    rows = coverage.coverage(register, months, today, sequence=False) if months else ()
    cells = [cell for row in rows for cell in row.cells]
    missing = (coverage.Covered.MISSING, coverage.Covered.LATE)
    in_time = [cell for cell in cells if cell.state not in missing and not cell.late]
    returns = cast(list[Return], _standing(register.of_period("return", "returned_on", period)))
    sent = cast(list[Package], _standing(register.of_period("package", "made_on", period)))
    given = [entry for entry in sent if not entry.received]
    mended = [entry for entry in returns if entry.mended_on is not None]
    return {
        "due": Counted(
            tr("应报月报"), len(cells), tr("期间内已经到期的月份乘以应报的单位，每月每单位一份。")
        ),
        "in_time": Counted(
            tr("按时报送的月报"), len(in_time), tr("其中第一次收到的日期不晚于报送日的份数。")
        ),
        "given_back": Counted(
            tr("司法所发出的回件"), len(given), tr("制作日期在统计期间内的份数。")
        ),
        "returned": Counted(tr("退回补正"), len(returns), tr("退回日期在统计期间内的件数。")),
        "mended": Counted(tr("已改正"), len(mended), tr("其中登记了改正日期的件数。")),
    }


def _standing(records: Iterable[Record]) -> list[Record]:
    """Those that are not void."""
    return [entry for entry in records if not entry.void_reason]
