"""Rules for early warning: urgent reports, what was found about a notice, red without report."""

from collections.abc import Iterator
from datetime import date

from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.checks.general import error, general_problems, in_order, warning
from mediation_desk.domain.codes import RiskLevel
from mediation_desk.domain.early_warning import OF_ARTICLE_25
from mediation_desk.domain.problems import Problem
from mediation_desk.domain.warning_codes import NoticeState
from mediation_desk.domain.warning_notice import UrgentReport, WarningNotice
from mediation_desk.words import tr


def report_problems(report: UrgentReport, today: date, *, masked: bool = False) -> list[Problem]:
    """What is wrong with an urgent report.

    E1: it says to whom and what (人民调解法 Art 25). E2: the answer comes after it and has its day.
    """
    problems = general_problems(report, today, masked=masked)
    if not report.body.strip():
        words = tr("没有填写报告对象。")
        problems.append(error("E1", "body", words, tr("请写明报告给哪个单位、什么人。")))
    if not masked and not report.content.strip():
        words = tr("没有填写报告内容。")
        problems.append(error("E1", "content", words, tr("请写明报告了什么。")))
    if backward := in_order("E2", report, "reported_on", "answered_on"):
        problems.append(backward)
    if report.answer.strip() and report.answered_on is None:
        words = tr("写了答复内容，但没有答复日期。")
        problems.append(warning("E2", "answered_on", words, tr("请补填日期。")))
    return problems


def notice_problems(notice: WarningNotice, today: date, *, masked: bool = False) -> list[Problem]:
    """What is wrong with a notice.

    E3: who finds it unfounded says why, or nobody could check it. E4: what was done is written
    down. E5: what is true has its level.
    """
    problems = general_problems(notice, today, masked=masked)
    if notice.state is NoticeState.REJECTED and not notice.decision.strip():
        words = tr("认为不成立，但没有写理由。")
        problems.append(error("E3", "decision", words, tr("请写明为什么不成立。")))
    if notice.state is NoticeState.DISPOSED and not notice.disposal.strip():
        words = tr("没有写处置情况。")
        problems.append(error("E4", "disposal", words, tr("请写明怎样处置、结果怎样。")))
    if notice.state is NoticeState.CONFIRMED and notice.level is None:
        words = tr("认为属实，但没有定等级。")
        problems.append(error("E5", "level", words, tr("请选择等级。")))
    return problems


def unreported(file: CaseFile) -> Iterator[Problem]:
    """K1: the red level is reported at once, to police or department (人民调解法 Art 25)."""
    for index, entry in enumerate(file.risks):
        if entry.level is not RiskLevel.RED or entry.reported_on is not None:
            continue
        told = any(
            report.body_kind in OF_ARTICLE_25 and report.reported_on >= entry.assessed_on
            for report in file.reports
        )
        if not told:
            words = tr("红色：没有记录向谁报告、何时报告。")
            mend = tr("请立即报告并补记。")
            yield warning("K1", f"risks.{index}.reported_to", words, mend)
