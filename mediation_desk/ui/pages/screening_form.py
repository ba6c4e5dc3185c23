"""The form of a screening round with the findings it made; a nil round has none."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from mediation_desk.domain.prevention import Finding, Screening
from mediation_desk.domain.problems import DeskError
from mediation_desk.domain.record import Record, new_id
from mediation_desk.ui import messages
from mediation_desk.ui.pages.work_forms import WorkForm
from mediation_desk.ui.record_form import Place, RecordForm
from mediation_desk.ui.tabbing import late
from mediation_desk.ui.theme import Tone
from mediation_desk.ui.widgets import Chip, button, look, row, words
from mediation_desk.ui.workplace import Workplace
from mediation_desk.words import tr

_SCREENING = (
    Place("screened_on", 3, required=True),
    Place("area", 5, required=True, hint=tr("如 3组、4组，或 全村")),
    Place("screeners", 4, required=True),
    Place("found", 3, hint=tr("没有就填 0")),
    Place("prevented", 3, hint=tr("当场化解的件数")),
    Place("note", 6, hint=tr("走访了多少户，情况怎样；没有发现也请写一句")),
)
_FINDING = (
    Place("matter", 8, required=True, hint=tr("谁和谁，为什么事")),
    Place("persons", 4, hint=tr("如 秦德珍、蒋仕文")),
)
_FINDINGS = "findings"


class _FindingForm(QFrame):
    """One matter found; it may be handed on to become a dispute."""

    removed = Signal(str)
    turned = Signal(str)

    def __init__(self, finding: Finding) -> None:
        super().__init__()
        look(self, "note")
        self.finding_id = finding.id
        self.form: RecordForm[Finding] = RecordForm(Finding, _FINDING)
        self.form.show_record(finding)
        self._title = words("", "strong")
        self.turn = button(tr("保存并转为纠纷"), self._turn, "quiet")
        self.remove = button(tr("移除"), self._remove, "quiet")
        done = bool(finding.dispute_id)
        chip = Chip(tr("已转为纠纷") if done else "", Tone.GREEN)
        for act in (self.turn, self.remove):
            late(act)
            if done:
                act.hide()
        stack = QVBoxLayout(self)
        stack.setContentsMargins(14, 4, 14, 12)
        stack.setSpacing(0)
        stack.addLayout(row(self._title, chip, None, self.turn, self.remove))
        stack.addWidget(self.form)

    def number(self, position: int) -> None:
        """Call it the `position`-th finding."""
        self._title.setText(tr("线索 {position}").format(position=position))

    def _remove(self) -> None:
        self.removed.emit(self.finding_id)

    def _turn(self) -> None:
        self.turned.emit(self.finding_id)


class ScreeningForm(WorkForm):
    """One round: a new one, or one to correct with its findings."""

    def __init__(
        self, workplace: Workplace, shown: Screening, findings: Sequence[Finding] = ()
    ) -> None:
        old: tuple[Record, ...] = (shown, *findings) if shown.revision else ()
        title = tr("修改排查") if old else tr("登记排查")
        sub = tr("没有发现纠纷也请登记，件数写 0。")
        super().__init__(workplace, "screening", old, title, sub)
        self._shown = shown
        # The finding that is to become a dispute as soon as the round is saved.
        self.turning = ""
        self.main: RecordForm[Screening] = RecordForm(Screening, _SCREENING)
        self.main.show_record(shown)
        self.watch(shown.id, self.main)
        self.add_card(self.main)
        self.findings: list[_FindingForm] = []
        self._cards_of_findings = QVBoxLayout()
        self._cards_of_findings.setSpacing(10)
        self.add_finding = button(tr("加一条线索 (&1)"), self._add_blank, "quiet")
        told = words(tr("要记下来跟进的才写；可以转为纠纷登记"), "sub", wrap=True)
        head = row(words(tr("发现的线索"), "heading"), told, self.add_finding)
        head.setStretch(1, 1)
        self.add_card(head, self._cards_of_findings)
        for finding in findings:
            self._add(finding)
        self.end_cards()

    def _blank(self, finding_id: str) -> Finding:
        shown = self._shown
        return Finding(id=finding_id, unit_id=shown.unit_id, screening_id=shown.id, matter="")

    def _add(self, finding: Finding) -> _FindingForm:
        made = _FindingForm(finding)
        made.removed.connect(self._remove)
        made.turned.connect(self._turn)
        self.findings.append(made)
        self._cards_of_findings.addWidget(made)
        self.watch(finding.id, made.form, f"finding:{finding.id}")
        self._number()
        self.order_tabs()
        return made

    def _add_blank(self) -> None:
        listed = len(self.findings)
        made = self._add(self._blank(new_id()))
        self._follow_count(listed, listed + 1)
        # Else it is seen with the next turn of the event loop, and a quick Tab would pass it by.
        made.show()
        made.form.boxes["matter"].editor.setFocus()
        self._changed()

    def _follow_count(self, before: int, after: int) -> None:
        """Let the number found go with the list as long as it said the same as the list."""
        box = self.main.boxes["found"]
        if not box.editor.unclear() and (box.value() == before or box.value() < after):
            box.show_value(after)

    def _remove(self, finding_id: str) -> None:
        made = self._of(finding_id)
        if not made.form.filled:
            self._drop(finding_id)
            return
        messages.ask(
            self,
            tr("移除这条线索？"),
            tr("写好的内容会一起去掉：{matter}").format(matter=made.form.boxes["matter"].value()),
            tr("移除"),
            partial(self._drop, finding_id),
        )

    def _of(self, finding_id: str) -> _FindingForm:
        return next(made for made in self.findings if made.finding_id == finding_id)

    def _drop(self, finding_id: str, _checked: object = None) -> None:
        made = self._of(finding_id)
        listed = len(self.findings)
        self.findings.remove(made)
        self._cards_of_findings.removeWidget(made)
        made.hide()
        made.deleteLater()
        self._follow_count(listed, listed - 1)
        self.forget(finding_id)
        self._number()
        self.order_tabs()
        self.add_finding.setFocus()

    def _turn(self, finding_id: str) -> None:
        self.turning = finding_id
        self.save()

    def _number(self) -> None:
        for position, made in enumerate(self.findings, 1):
            made.number(position)

    def records(self) -> tuple[Record, ...]:
        screening = self.main.record()
        return (screening, *(made.form.record() for made in self.findings))

    def typed(self) -> dict[str, Any]:
        return {_FINDINGS: [made.finding_id for made in self.findings], **super().typed()}

    def retype(self, typed: Mapping[str, Any]) -> None:
        listed = typed.get(_FINDINGS)
        if listed is not None:
            for made in [made for made in self.findings if made.finding_id not in listed]:
                self._drop(made.finding_id)
            known = {made.finding_id for made in self.findings}
            for finding_id in listed:
                if finding_id not in known:
                    self._add(self._blank(finding_id))
        super().retype(typed)

    def save(self) -> None:
        super().save()
        if self.isEnabled() and self.view.isEnabled():
            # It was refused: what is saved later need not become a dispute any more.
            self.turning = ""

    def _refused(self, error: DeskError) -> None:
        super()._refused(error)
        self.turning = ""


def turned(form: object, kept: Sequence[Record]) -> Finding | None:
    """The finding among `kept` that `form` was asked to hand on, if any."""
    wanted = getattr(form, "turning", "")
    found = (entry for entry in kept if isinstance(entry, Finding) and entry.id == wanted)
    return next(found, None)
