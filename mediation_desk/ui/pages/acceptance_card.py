"""May we take this case? The questions that matter for its type, and what the answers mean."""

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QVBoxLayout, QWidget

from mediation_desk.domain.acceptance import Question, Ruling, Verdict, questions, verdict
from mediation_desk.domain.codes import RefusalReason
from mediation_desk.domain.dispute_types import TypeTable
from mediation_desk.ui.theme import Tone
from mediation_desk.ui.widgets import Chip, button, column, look, row, words
from mediation_desk.words import tr

_SAID = {
    Ruling.MAY: (tr("可以受理"), Tone.GREEN),
    Ruling.MIND: (tr("可以受理，但要注意"), Tone.AMBER),
    Ruling.MAY_NOT: (tr("不得受理"), Tone.RED),
}
_LOOKS = {Ruling.MIND: "warn", Ruling.MAY_NOT: "bad"}


class _Line(QWidget):
    """A box to tick whose words may take several lines."""

    def __init__(self, said: str) -> None:
        super().__init__()
        self.tick = QCheckBox()
        self.tick.setAccessibleName(said)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        line = row(self.tick, words(said, "", wrap=True), gap=0)
        line.setStretch(1, 1)
        self.setLayout(line)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The words are a part of the box."""
        if self.rect().contains(event.position().toPoint()):
            self.tick.click()
            self.tick.setFocus()


class AcceptanceCard(QFrame):
    """Folded until wanted; what is true of the dispute is ticked.

    Where the form cannot lead to refusing it, `refusable` is false and the card says how.
    """

    changed = Signal()
    # The dispute is to be registered and not taken in, for the reason that was found.
    refused = Signal()

    def __init__(self, types: TypeTable, *, refusable: bool = True) -> None:
        super().__init__()
        self._refusable = refusable
        look(self, "card")
        self._types = types
        self._type = ""
        self._open = False
        self._yes: set[str] = set()
        self._ticks: dict[str, QCheckBox] = {}
        self._asked: dict[str, _Line] = {}
        self.turn = button("", self._turn, "quiet")
        self._chip = Chip()
        head = row(words(tr("能不能受理？"), "heading"), self._chip, None, self.turn)
        self._body = self._made_body()
        stack = QVBoxLayout(self)
        stack.setContentsMargins(16, 8, 16, 8)
        stack.setSpacing(4)
        stack.addLayout(head)
        stack.addWidget(self._body)
        self.show_type("")
        self._show_open()

    def _made_body(self) -> QWidget:
        told = words(tr("有下面的情形就打勾，都没有就可以受理："), "sub", wrap=True)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        self._advice = words("", "", wrap=True)
        self.refuse = button(tr("登记后不予受理 (&B)"), self.refused.emit, "danger")
        self._answer = QFrame()
        answer = column(self._advice, row(None, self.refuse), gap=6)
        answer.setContentsMargins(14, 10, 14, 10)
        self._answer.setLayout(answer)
        body = QWidget()
        body.setLayout(column(told, self._lines, self._answer, gap=4))
        return body

    def show_type(self, type_code: str) -> None:
        """Ask what matters for this type of dispute."""
        self._type = type_code or ""
        self._ask()

    def _ask(self) -> None:
        """Show the questions, each in its place; those asked already keep their box."""
        asked = questions(self._type, self._types, self._yes)
        for place, question in enumerate(asked):
            line = self._asked.get(question.id) or self._line(question)
            self._lines.insertWidget(place, line)
        shown = {question.id for question in asked}
        for id_, line in self._asked.items():
            line.setVisible(id_ in shown)
        self._say(self.verdict)

    def _line(self, question: Question) -> _Line:
        line = _Line(tr(question.words))
        line.tick.setChecked(question.id in self._yes)
        line.tick.toggled.connect(self._answered)
        self._ticks[question.id] = line.tick
        self._asked[question.id] = line
        return line

    def _answered(self, _on: bool) -> None:  # noqa: FBT001 - the signal's own signature
        self._yes = {id_ for id_, tick in self._ticks.items() if tick.isChecked()}
        self._ask()
        self.changed.emit()

    @property
    def verdict(self) -> Verdict:
        """What the ticks come to."""
        return verdict(self._type, self._types, self._yes)

    @property
    def refusal(self) -> RefusalReason | None:
        """Why the dispute may not be taken in, if it may not."""
        return self.verdict.refusal

    def _say(self, told: Verdict) -> None:
        said, tone = _SAID[told.ruling]
        if told.ruling is Ruling.MAY and not self._open:
            said, tone = self._unread()
        self._chip.show_state(said, tone)
        against = told.ruling is Ruling.MAY_NOT
        elsewhere = (tr("请点“取消”，再选“不予受理”。"),) if against and not self._refusable else ()
        self._advice.setText("\n".join((*told.sentences, *elsewhere)))
        self._answer.setVisible(bool(told.sentences))
        look(self._answer, _LOOKS.get(told.ruling, "note"))
        self.refuse.setVisible(against and self._refusable)

    def _unread(self) -> tuple[str, Tone]:
        """That this type of dispute has something of its own to look at."""
        own = [entry for entry in questions(self._type, self._types) if entry.types]
        said = tr("这类纠纷有 {count} 点要看").format(count=len(own)) if own else ""
        return said, Tone.AMBER

    def _turn(self) -> None:
        self._open = not self._open
        self._show_open()

    def _show_open(self) -> None:
        self._body.setVisible(self._open)
        self.turn.setText(tr("收起 (&Q)") if self._open else tr("看一看 (&Q)"))
        self._say(self.verdict)

    def ticked(self) -> list[str]:
        """What is true of the dispute, for the draft."""
        return sorted(self._yes)

    def tick_again(self, ids: Iterable[str]) -> None:
        """Tick what was ticked when the draft was kept."""
        self._yes = set(ids)
        for id_, tick in self._ticks.items():
            tick.setChecked(id_ in self._yes)
        self._open = self._open or bool(self._yes)
        self._ask()
        self._show_open()
