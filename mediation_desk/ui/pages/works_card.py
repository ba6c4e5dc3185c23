"""The card of one record of a ledger, beside the list: what it says and what can be done."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QMenu, QVBoxLayout, QWidget

from mediation_desk.desk.counsel import Counsel
from mediation_desk.desk.recording import is_own
from mediation_desk.domain import aiding
from mediation_desk.domain.codes import LegalAidState
from mediation_desk.domain.prevention import Prevention
from mediation_desk.domain.record import Record
from mediation_desk.domain.support import LegalAid
from mediation_desk.ui.pages.case_parts import StepButton, way_back
from mediation_desk.ui.pages.works_kinds import Ledger, Names
from mediation_desk.ui.theme import Tone
from mediation_desk.ui.widgets import (
    Chip,
    Elided,
    Scroll,
    button,
    clear,
    column,
    line,
    look,
    row,
    scrolled,
    words,
)
from mediation_desk.ui.workplace import Workplace
from mediation_desk.words import tr

EDIT, VOID, HISTORY, STATE = "edit", "void", "history", "state:"
_KEYS = {
    LegalAidState.APPLIED: "T",
    LegalAidState.ACCEPTED: "A",
    LegalAidState.APPROVED: "Y",
    LegalAidState.REFUSED: "B",
}


class WorkCard(QFrame):
    """Shows one record of a ledger or one legal adviser."""

    acted = Signal(str)
    going = Signal(object)
    back_wanted = Signal()

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        look(self, "card")
        self._workplace = workplace
        self.record: Record | None = None
        self._title = Elided("", "heading")
        self._chip = Chip()
        self._more = words("", "sub", wrap=True)
        self._back = way_back(self.back_wanted.emit)
        self._empty = words(tr("从列表里选一条，这里显示它的内容。"), "sub", wrap=True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._body: Scroll | None = None
        self._acts = row(gap=10)
        self._acts.setContentsMargins(18, 10, 18, 10)
        self._menu = QMenu(self)
        self._menu.addAction(tr("修改记录 (&L)")).setData(HISTORY)
        self._menu.addAction(tr("作废 (&F)")).setData(VOID)
        self._menu.triggered.connect(self._from_menu)
        self._lay_out()
        self.show_nothing()

    def _lay_out(self) -> None:
        head = column(row(self._back, self._title, self._chip, gap=8), self._more, gap=2)
        head.setContentsMargins(18, 12, 18, 8)
        self._head = QWidget()
        self._head.setLayout(column(head, line("line"), gap=0))
        self._bar = QWidget()
        self._bar.setLayout(column(line("line"), self._acts, gap=0))
        self._stack = QVBoxLayout(self)
        self._stack.setContentsMargins(1, 1, 1, 1)
        self._stack.setSpacing(0)
        self._stack.addWidget(self._head)
        self._stack.addWidget(self._empty, 1)
        self._stack.addWidget(self._bar)

    def show_back(self, *, wanted: bool) -> None:
        """Offer the way back to the list."""
        self._back.setVisible(wanted)

    def show_nothing(self) -> None:
        """Say that nothing is chosen."""
        self.record = None
        self._put(None)

    def _put(self, parts: list[object] | None) -> None:
        if self._body is not None:
            self._stack.removeWidget(self._body)
            self._body.hide()
            self._body.deleteLater()
            self._body = None
        clear(self._acts)
        for part in (self._head, self._bar):
            part.setVisible(parts is not None)
        self._empty.setVisible(parts is None)
        if parts is not None:
            body = column(*parts, None, gap=12)  # type: ignore[arg-type]
            body.setContentsMargins(18, 14, 18, 14)
            self._body = scrolled(body)
            self._stack.insertWidget(1, self._body, 1)

    def show_record(self, ledger: Ledger, record: Record, names: Names) -> None:
        """Show a record of `ledger` with what may be done about it."""
        # The views draw on the file of a dispute; the list is painted without them.
        from mediation_desk.ui.pages.works_views import Views  # noqa: PLC0415

        self.record = record
        mine = is_own(self._workplace.register, record) and not record.void_reason
        self._put(Views(self._workplace, self.going.emit).record(ledger, record, names, mine=mine))
        self._title.setText(ledger.title(record))
        said, tone = ledger.state(record)
        self._chip.show_state(said, tone)
        told = [names.units.get(getattr(record, "unit_id", ""), ""), ledger.tab]
        if record.void_reason:
            told.append(tr("作废原因：{reason}").format(reason=record.void_reason))
        self._more.setText(" · ".join(part for part in told if part))
        self._offer(record, mine=mine)

    def _offer(self, record: Record, *, mine: bool) -> None:
        if not mine:
            if record.void_reason:
                self._say(tr("已作废，不再计入统计。"))
            else:
                self._say(tr("由登记的单位报送，这里只能查看。"))
            self._add(tr("修改记录 (&L)"), HISTORY, "quiet")
            return
        if isinstance(record, Prevention) and record.dispute_id:
            self._say(tr("这一项登记在纠纷里，请到纠纷里修改。"))
            return
        if isinstance(record, LegalAid):
            for place, state in enumerate(aiding.next_states(record)):
                label = f"{tr(state.label)} (&{_KEYS[state]})"
                self._add(label, STATE + state.value, "" if place else "primary")
        self._add(tr("修改 (&E)"), EDIT)
        self._acts.addStretch(1)
        more = button(tr("更多 (&M)"))
        more.setMenu(self._menu)
        more.setProperty("menu", True)  # noqa: FBT003 - Qt's own signature
        self._acts.addWidget(more)

    def _from_menu(self, action: QAction) -> None:
        self.acted.emit(action.data())

    def _say(self, sentence: str) -> None:
        self._acts.addWidget(words(sentence, "sub", wrap=True), 1)

    def _add(self, label: str, act: str, name: str = "") -> None:
        self._acts.addWidget(StepButton(act, label, self.acted, name))

    def show_adviser(self, told: Counsel, names: Names) -> None:
        """Show a legal adviser with what was done."""
        from mediation_desk.ui.pages.works_views import Views  # noqa: PLC0415 - as above

        self.record = told.adviser
        self._put(Views(self._workplace, self.going.emit).adviser(told))
        self._title.setText(told.adviser.name)
        self._chip.show_state("", Tone.NEUTRAL)
        unit = names.units.get(told.adviser.unit_id, "")
        self._more.setText(" · ".join(part for part in (unit, tr("村（居）法律顾问")) if part))
        self._say(tr("法律顾问在“组织人员”里登记和修改。"))
