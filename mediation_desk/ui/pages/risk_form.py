"""The risk level of a dispute over time, with its reasons and to whom it was reported."""

from dataclasses import replace
from datetime import date

from PySide6.QtWidgets import QFrame

from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.codes import RiskLevel
from mediation_desk.domain.handling import RiskEntry
from mediation_desk.domain.record import new_id
from mediation_desk.domain.risk_levels import choices, due_by, practice
from mediation_desk.domain.settings import Settings
from mediation_desk.ui.days import short_day
from mediation_desk.ui.pages.form_page import FormPage
from mediation_desk.ui.pages.part_form import PartForm
from mediation_desk.ui.pages.warning_notes import level_chip
from mediation_desk.ui.record_form import Place, RecordForm
from mediation_desk.ui.widgets import column, framed, row, words
from mediation_desk.ui.workplace import Workplace, today, wall_clock
from mediation_desk.words import tr

_PLACES = (
    Place("level", 3, required=True),
    Place("assessed_on", 3, required=True),
    Place("owner", 6, hint=tr("由谁盯住这件纠纷")),
    Place(
        "reasons", 12, required=True, hint=tr("为什么定这一级：谁扬言什么，有没有动手，人多不多")
    ),
    Place("reported_to", 8, hint=tr("如 镇司法所、派出所")),
    Place("reported_on", 4),
)
# 人民调解法 Art 25 (domain.md §4.1).
_REPORT = tr(
    "纠纷有可能激化的，要采取有针对性的预防措施；可能引起治安案件、刑事案件的，"
    "应当及时向当地公安机关或者有关部门报告（人民调解法第二十五条）。请马上报告，再记下来。"
)


def _earlier(entry: RiskEntry, day: date, settings: Settings) -> QFrame:
    reported = ""
    if entry.reported_on is not None:
        reported = tr("已报告 {to}").format(to=entry.reported_to)
    more = " · ".join(part for part in (entry.reasons, entry.owner, reported) if part)
    said = words(more, "sub", wrap=True)
    line = row(
        words(short_day(entry.assessed_on, day), "sub"),
        level_chip(entry.level, settings),
        said,
        gap=10,
    )
    line.setStretch(2, 1)
    return framed(line, "note", margins=12)


class RiskForm(PartForm):
    """One entry of the level's history: a new one, or `shown` to be corrected."""

    def __init__(
        self, workplace: Workplace, case: CaseFile, about: str, shown: RiskEntry | None
    ) -> None:
        title = tr("修改风险评估") if shown else tr("评估风险等级")
        super().__init__(workplace, case, title, about)
        last = case.risks[-1] if case.risks else None
        self._shown = shown or RiskEntry(
            id=new_id(),
            dispute_id=case.dispute.id,
            assessed_on=today(),
            position=max((entry.position for entry in case.risks), default=0) + 1,
            level=last.level if last else RiskLevel.YELLOW,
            owner=last.owner if last else workplace.actor,
        )
        levels = choices(workplace.register.settings, self._shown.level)
        self.risk: RecordForm[RiskEntry] = RecordForm(RiskEntry, _PLACES, {"level": levels})
        self.risk.show_record(self._shown)
        self.risk.boxes["level"].changed.connect(self._arrange)
        self.watch(self._shown.id, self.risk)
        self._report = framed(column(words(_REPORT, "strong", wrap=True)), "bad", margins=14)
        # Beside the level it belongs to; above the form it would push the first field away.
        self.risk.grid.add(self._report, 12, before=self.risk.boxes["reasons"])
        self.add_card(self.risk)
        earlier = [entry for entry in case.risks if entry.id != self._shown.id]
        if earlier:
            cards = [_earlier(entry, today(), workplace.register.settings) for entry in earlier]
            self.add_card(words(tr("以前的评估"), "heading"), *cards, gap=6)
        if shown is not None:
            self.offer_striking()
        self.end_cards()
        self._arrange()

    def _arrange(self) -> None:
        level: RiskLevel | None = self.risk.boxes["level"].value()
        settings = self.workplace.register.settings
        self._report.setVisible(level is not None and practice(level, settings).at_once)
        self.risk.grid.lay_again()

    def written(self) -> CaseFile:
        others = (entry for entry in self.case.risks if entry.id != self._shown.id)
        typed = self.risk.record()
        if not typed.revision or typed.level is not self._shown.level:
            # The hours of a level begin when it is set.
            until = due_by(typed.level, wall_clock(), self.workplace.register.settings)
            typed = replace(typed, due_by=until)
        return replace(self.case, risks=(*others, typed))

    def without(self) -> CaseFile:
        others = tuple(entry for entry in self.case.risks if entry.id != self._shown.id)
        return replace(self.case, risks=others)


def risk_form(place: Workplace, case: CaseFile, about: str, part: str) -> FormPage:
    """The form for a new risk level, or for the entry with the id `part`."""
    shown = next((entry for entry in case.risks if entry.id == part), None)
    return RiskForm(place, case, about, shown)
