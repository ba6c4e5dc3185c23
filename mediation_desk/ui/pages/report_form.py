"""The urgent report to police or another body: to whom, when, by whom, what, and the answer."""

from dataclasses import replace

from mediation_desk.domain.casefile import CaseFile, title
from mediation_desk.domain.early_warning import last_risk, reporting
from mediation_desk.domain.problems import Problem
from mediation_desk.domain.record import new_id
from mediation_desk.domain.risk_levels import level_words
from mediation_desk.domain.warning_codes import ReportBody
from mediation_desk.domain.warning_notice import UrgentReport
from mediation_desk.ui.pages.form_page import FormPage
from mediation_desk.ui.pages.part_form import PartForm
from mediation_desk.ui.record_form import Place, RecordForm
from mediation_desk.ui.widgets import column, framed, words
from mediation_desk.ui.workplace import Workplace, today, wall_clock
from mediation_desk.words import tr

_PLACES = (
    Place("body_kind", 4, required=True),
    Place("body", 8, required=True, hint=tr("如 双龙派出所 值班民警")),
    Place("reported_on", 3, required=True),
    Place("time", 3, hint=tr("如 15:30")),
    Place("manner", 3, hint=tr("如 电话、当面、书面")),
    Place("reporter", 3),
    Place("content", 12, required=True),
    Place("answered_on", 4),
    Place("answer", 8, hint=tr("对方怎样答复、派谁来、怎样处置")),
)
# 人民调解法 Art 25 (domain.md §4.1).
ARTICLE_25 = tr(
    "可能引起治安案件、刑事案件的，应当及时向当地公安机关或者有关部门报告（人民调解法第二十五条）。"
    "先报告，再记在这里；对方答复以后补记答复。"
)


def _content(case: CaseFile, workplace: Workplace) -> str:
    """What is known, as the beginning of the report."""
    register, dispute = workplace.register, case.dispute
    told = [tr("{title}，涉及{people}人。")]
    risk = last_risk(case.risks)
    if risk is not None:
        level = level_words(risk.level, register.settings)
        told.append(tr("风险等级{level}。").format(level=level) + risk.reasons)
    words = "".join(told).format(title=title(case, register.types), people=dispute.people)
    return words + dispute.escalation


class ReportForm(PartForm):
    """One urgent report: a new one, or `shown` to be corrected or answered."""

    def __init__(
        self, workplace: Workplace, case: CaseFile, about: str, shown: UrgentReport | None
    ) -> None:
        heading = tr("修改上报记录") if shown else tr("上报公安或有关部门")
        super().__init__(workplace, case, heading, about)
        self._shown = shown or self._blank()
        self.report: RecordForm[UrgentReport] = RecordForm(UrgentReport, _PLACES)
        self.report.show_record(self._shown)
        self.watch(self._shown.id, self.report)
        self.add_part(framed(column(words(ARTICLE_25, "strong", wrap=True)), "warn", margins=14))
        self.add_card(self.report)
        if shown is None:
            # The answer comes later.
            self.report.show_only(("answered_on", "answer"))
        else:
            self.offer_striking()
        self.end_cards()

    def _blank(self) -> UrgentReport:
        case, settings = self.case, self.workplace.register.settings
        owed = reporting(case.dispute, case.risks, case.reports, settings)
        to_office = owed is not None and owed.to_office and not owed.to_body
        return UrgentReport(
            id=new_id(),
            dispute_id=case.dispute.id,
            reported_on=today(),
            time=wall_clock().strftime("%H:%M"),
            body_kind=ReportBody.OFFICE if to_office else ReportBody.POLICE,
            reporter=self.workplace.actor,
            content=_content(case, self.workplace),
        )

    def _found(self, case: CaseFile) -> list[Problem]:
        found = super()._found(case)
        return [problem for problem in found if problem.field.startswith("reports.")]

    def written(self) -> CaseFile:
        others = (entry for entry in self.case.reports if entry.id != self._shown.id)
        return replace(self.case, reports=(*others, self.report.record()))

    def without(self) -> CaseFile:
        others = tuple(entry for entry in self.case.reports if entry.id != self._shown.id)
        return replace(self.case, reports=others)


def report_form(place: Workplace, case: CaseFile, about: str, part: str) -> FormPage:
    """The form for a new report, or for the one with the id `part`."""
    shown = next((entry for entry in case.reports if entry.id == part), None)
    return ReportForm(place, case, about, shown)
