"""What the card of a ledger's record shows: its fields, findings, steps and sessions."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from mediation_desk.desk import ledgers
from mediation_desk.desk.counsel import Counsel
from mediation_desk.domain import aiding
from mediation_desk.domain.fields import label_of
from mediation_desk.domain.prevention import Finding, Screening
from mediation_desk.domain.record import Record
from mediation_desk.domain.support import LegalAid
from mediation_desk.ui.going import Go
from mediation_desk.ui.pages.case_parts import of_record, pairs
from mediation_desk.ui.pages.works_kinds import Ledger, Names, term
from mediation_desk.ui.theme import Tone
from mediation_desk.ui.widgets import Chip, column, framed, look, row, words
from mediation_desk.ui.workplace import Workplace, today
from mediation_desk.words import tr

_SESSIONS_SHOWN = 20


class GoButton(QPushButton):
    """A button that leads to another page."""

    going = Signal(object)

    def __init__(self, label: str, go: Go, name: str = "quiet") -> None:
        super().__init__(label)
        self._go = go
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        look(self, name)
        self.clicked.connect(self._clicked)

    def _clicked(self) -> None:
        self.going.emit(self._go)


def _fields(ledger: Ledger, record: Record, names: Names) -> QGridLayout:
    told = _aid_days(record) if isinstance(record, LegalAid) else []
    told += of_record(record, ledger.fields)
    adviser = names.advisers.get(getattr(record, "adviser_id", ""), "")
    if adviser:
        told.insert(1, (tr("法律顾问"), adviser))
    return pairs(told)


class Views:
    """Makes the parts of a card; where they lead is told through `go`."""

    def __init__(self, workplace: Workplace, go: Callable[[object], None]) -> None:
        self._workplace = workplace
        self._go = go

    def record(self, ledger: Ledger, record: Record, names: Names, *, mine: bool) -> list[object]:
        """The parts for one record of a ledger."""
        parts: list[object] = []
        if record.personal_revision == 0:
            parts.append(words(tr("姓名等个人信息没有随报表送来。"), "sub", wrap=True))
        parts.append(_fields(ledger, record, names))
        dispute_id = getattr(record, "dispute_id", "")
        if dispute_id:
            parts.append(self._to_dispute(dispute_id, names.disputes.get(dispute_id, "")))
        if isinstance(record, Screening):
            parts += self._findings(record, mine=mine)
        return parts

    def _button(self, label: str, go: Go, name: str = "quiet") -> GoButton:
        made = GoButton(label, go, name)
        made.going.connect(self._go)
        return made

    def _to_dispute(self, dispute_id: str, number: str) -> object:
        label = tr("看纠纷 {number}").format(number=number)
        return row(self._button(label, Go("disputes", "show", dispute_id)), None)

    def _findings(self, held: Screening, *, mine: bool) -> list[object]:
        findings = ledgers.findings_of(self._workplace.register, [held.id])
        if not findings:
            return []
        numbers = ledgers.dispute_numbers(self._workplace.register, findings)
        cards = [self._finding(entry, numbers, mine=mine) for entry in findings]
        return [words(tr("发现的线索"), "heading"), *cards]

    def _finding(self, finding: Finding, numbers: dict[str, str], *, mine: bool) -> QWidget:
        foot = row(words(finding.persons, "sub", wrap=True))
        foot.setStretch(0, 1)
        number = numbers.get(finding.dispute_id)
        if number:
            go = Go("disputes", "show", finding.dispute_id)
            foot.addWidget(Chip(tr("已转为纠纷"), Tone.GREEN))
            foot.addWidget(self._button(tr("看纠纷 {number}").format(number=number), go))
        elif mine:
            go = Go("disputes", "from_finding", what=finding)
            foot.addWidget(self._button(tr("转为纠纷 (&Z)"), go, "outline"))
        matter = finding.matter or tr("（内容没有随报表送来）")
        return framed(column(words(matter, wrap=True), foot, gap=4), "note", margins=14)

    def adviser(self, told: Counsel) -> list[object]:
        """The parts for a legal adviser."""
        adviser = told.adviser
        told_of = [
            (tr("执业机构"), adviser.firm),
            (tr("聘期"), term(told)),
            (tr("法律咨询"), tr("{count} 次").format(count=told.consultations)),
            (tr("参加调解"), tr("{count} 次").format(count=len(told.sessions))),
        ]
        parts: list[object] = [pairs((label, said) for label, said in told_of if said)]
        numbers = ledgers.dispute_numbers(self._workplace.register, told.sessions)
        if told.sessions:
            parts.append(words(tr("参加的调解"), "heading"))
        lines = column(gap=0)
        for session in told.sessions[:_SESSIONS_SHOWN]:
            number = numbers.get(session.dispute_id, "")
            go = Go("disputes", "show", session.dispute_id)
            said = f"{session.held_on} {tr(session.kind.label)}"
            lines.addLayout(row(words(said), self._button(number, go), None))
        parts.append(lines)
        more = len(told.sessions) - _SESSIONS_SHOWN
        if more > 0:
            parts.append(words(tr("还有更早的 {count} 次。").format(count=more), "sub"))
        return parts


def _aid_days(aid: LegalAid) -> list[tuple[str, str]]:
    """The days of the steps that an application for legal aid has gone, and until when it waits."""
    names = ("helped_on", "applied_on", "accepted_on", "answer_due_on", "answered_on")
    told = list(of_record(aid, names))
    due = aid.answer_due_on
    if due is None or aiding.answered(aid):
        return told
    label = label_of(LegalAid, "answer_due_on")
    left, _tone = aiding.due_words(due, today())
    return [(name, f"{said} · {left}" if name == tr(label) else said) for name, said in told]
