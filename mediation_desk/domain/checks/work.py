"""Rules for screening, prevention, publicity, units and what the program itself keeps."""

import re
from collections.abc import Collection
from datetime import date

from mediation_desk.domain.checks.general import (
    error,
    general_problems,
    hint,
    in_order,
    warning,
)
from mediation_desk.domain.codes import LegalAidState
from mediation_desk.domain.dispute_types import TypeTable, local_type_problems
from mediation_desk.domain.organisation import LocalType, Unit
from mediation_desk.domain.paper_totals import PaperTotal
from mediation_desk.domain.prevention import Finding, Prevention, Screening
from mediation_desk.domain.problems import Problem
from mediation_desk.domain.reporting import Package, Report
from mediation_desk.domain.returning import Return
from mediation_desk.domain.support import LegalAid
from mediation_desk.words import tr

_UNIT_CODE = re.compile(r"\d{12}", re.ASCII)


def prevention_problems(
    prevention: Prevention, today: date, *, masked: bool = False
) -> list[Problem]:
    """What is wrong with a prevention.

    V1: at least one matter, and as many persons as matters (rule R8, domain.md §3.5).
    V2: what counts as prevented is not defined, so it carries its reason (domain.md §10).
    """
    problems = general_problems(prevention, today, masked=masked)
    if prevention.cases < 1:
        words = tr("防止事项的件数至少为1。")
        problems.append(error("V1", "cases", words, tr("请填写件数，或不登记这一项。")))
    elif prevention.persons < prevention.cases:
        words = tr("人数（{persons}）少于件数（{cases}）。").format(
            persons=prevention.persons, cases=prevention.cases
        )
        problems.append(error("V1", "persons", words, tr("每件至少1人，请核对。")))
    if not masked and not prevention.reason.strip():
        words = tr("没有填写依据。")
        problems.append(warning("V2", "reason", words, tr("请写明防止了什么、怎样防止的。")))
    return problems


def screening_problems(screening: Screening, today: date, *, masked: bool = False) -> list[Problem]:
    """What is wrong with a screening round; N1: prevented are usually among those found.

    Published figures keep to it (发现 1305, 预防 785, domain.md §8.2), no rule says so.
    """
    problems = general_problems(screening, today, masked=masked)
    if screening.prevented > screening.found:
        words = tr("预防纠纷（{prevented}件）多于发现纠纷（{found}件）。").format(
            prevented=screening.prevented, found=screening.found
        )
        problems.append(hint("N1", "prevented", words, tr("请核对。")))
    return problems


def round_problems(screening: Screening, findings: Collection[Finding]) -> list[Problem]:
    """What does not fit between a round and its findings; N2: all that is listed was found."""
    if len(findings) <= screening.found:
        return []
    words = tr("下面列了{listed}条线索，多于发现纠纷（{found}件）。").format(
        listed=len(findings), found=screening.found
    )
    return [error("N2", "found", words, tr("请改正发现纠纷的件数。"))]


def legal_aid_problems(aid: LegalAid, today: date, *, masked: bool = False) -> list[Problem]:
    """What is wrong with an application for legal aid.

    L1: its days follow each other. L2: what was handed in says when and to whom.
    """
    problems = general_problems(aid, today, masked=masked)
    for earlier, later in (
        ("helped_on", "applied_on"),
        ("applied_on", "accepted_on"),
        ("applied_on", "answer_due_on"),
        ("applied_on", "answered_on"),
        ("accepted_on", "answered_on"),
    ):
        if backward := in_order("L1", aid, earlier, later):
            problems.append(backward)
    if aid.state is LegalAidState.HELPING:
        return problems
    if aid.applied_on is None:
        words = tr("没有填写提交申请的日期。")
        problems.append(warning("L2", "applied_on", words, tr("请补填日期。")))
    if not aid.body.strip():
        words = tr("没有填写法律援助机构。")
        problems.append(warning("L2", "body", words, tr("请填写机构名称。")))
    decided = aid.state in {LegalAidState.APPROVED, LegalAidState.REFUSED}
    if decided and aid.answered_on is None:
        words = tr("已有结果，但没有填写答复日期。")
        problems.append(warning("L2", "answered_on", words, tr("请补填日期。")))
    return problems


def return_problems(entry: Return, today: date, *, masked: bool = False) -> list[Problem]:
    """What is wrong with a case given back; X1: it is mended after it was returned.

    Only a warning: the two days come from two computers, whose clocks may differ.
    """
    problems = general_problems(entry, today, masked=masked)
    if backward := in_order("X1", entry, "returned_on", "mended_on", make=warning):
        problems.append(backward)
    return problems


def unit_problems(unit: Unit, today: date, *, masked: bool = False) -> list[Problem]:
    """What is wrong with a unit; U1: its statistical code has 12 digits (domain.md §7.1)."""
    problems = general_problems(unit, today, masked=masked)
    if not _UNIT_CODE.fullmatch(unit.code):
        words = tr("统计代码“{code}”不是12位数字。").format(code=unit.code)
        problems.append(error("U1", "code", words, tr("请核对代码。")))
    if unit.parent_code and not _UNIT_CODE.fullmatch(unit.parent_code):
        words = tr("上级单位代码“{code}”不是12位数字。").format(code=unit.parent_code)
        problems.append(error("U1", "parent_code", words, tr("请核对代码。")))
    if backward := in_order("W2", unit, "term_from", "term_to"):
        problems.append(backward)
    return problems


def type_problems(
    entry: LocalType, today: date, types: TypeTable, *, masked: bool = False
) -> list[Problem]:
    """What is wrong with a local type (rules T1 and T2)."""
    general = general_problems(entry, today, masked=masked)
    return general + local_type_problems(entry, types.local)


def period_problems(
    record: Package | Report | PaperTotal, today: date, *, masked: bool = False
) -> list[Problem]:
    """What is wrong with a package, report or printed table; B1: its period ends after it began."""
    problems = general_problems(record, today, masked=masked)
    if backward := in_order("B1", record, "period_from", "period_to"):
        problems.append(backward)
    return problems
