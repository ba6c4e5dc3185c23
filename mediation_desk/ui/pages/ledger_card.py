"""What a hand-made ledger leaves open: asked once in a form, with how its columns are read."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QWidget

from mediation_desk.desk import ledger_columns
from mediation_desk.desk.ledger_columns import Mapped
from mediation_desk.desk.taking_ledgers import Ledger
from mediation_desk.exchange.ledgers.asking import LEAVE_EMPTY, Question
from mediation_desk.ui.editors import ChoiceEditor, Editor, LineEditor
from mediation_desk.ui.flow import FlowLayout
from mediation_desk.ui.pages.place_words import place_words
from mediation_desk.ui.widgets import button, clear, column, framed, look, row, words
from mediation_desk.words import tr

# Asked at once; the answers to these often answer the others.
_MOST = 20
_PLACES = 3


def _where(question: Question) -> str:
    """The rows that a question is about, the first few of them."""
    shown = tr("、").join(place_words(place) for place in question.places[:_PLACES])
    if (more := len(question.places) - _PLACES) > 0:
        shown += tr(" 等 {count} 处").format(count=more + _PLACES)
    return shown


class QuestionBox(QWidget):
    """One question with the editor for its answer."""

    def __init__(self, question: Question) -> None:
        super().__init__()
        self.question = question
        self._none = QCheckBox(tr("原表没有，空着"))
        self.editor: Editor
        if question.options:
            choices = [(option.answer, option.label) for option in question.options]
            self.editor = ChoiceEditor(choices, optional=True)
            self._none.hide()
        else:
            self.editor = LineEditor(tr("不知道就先不写"))
        self.editor.show_value(question.suggested or None)
        ask = words(question.ask, wrap=True)
        ask.setBuddy(self.editor)
        self.editor.inner.setAccessibleName(question.ask)
        stack = column(ask, gap=4)
        if said := self._sub():
            stack.addWidget(words(said, "sub", wrap=True))
        line = row(self.editor, self._none, gap=10)
        line.setStretch(0, 1)
        stack.addLayout(line)
        self.setLayout(stack)

    def _sub(self) -> str:
        free = "" if self.question.blocking else tr("不回答也能接收")
        return " · ".join(part for part in (_where(self.question), free) if part)

    def answer(self) -> str:
        """The answer; empty if none was given."""
        if self._none.isChecked():
            return LEAVE_EMPTY
        return str(self.editor.value() or "")


class LedgerCard(QFrame):
    """The questions of the ledger shown, and the columns with what each is read as."""

    # A `Told` with everything that was said of this ledger so far.
    told = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        look(self, "clear")
        self._ledger: Ledger | None = None
        self.boxes: list[QuestionBox] = []
        self._heading = words("", "strong", wrap=True)
        self._questions = column(gap=12)
        self._heads = words(tr("各列读作"), "strong")
        self._columns = FlowLayout(gap=8)
        self._change = row(gap=8)
        self._which: ChoiceEditor | None = None
        self._as: ChoiceEditor | None = None
        self.read = button(tr("按回答重读 (&R)"), self._tell, "primary")
        inside = column(
            self._heading,
            self._questions,
            self._heads,
            self._columns,
            self._change,
            row(None, self.read),
            gap=10,
        )
        self._frame = framed(inside, "note")
        self.setLayout(column(self._frame))

    def show_ledger(self, ledger: Ledger | None) -> None:
        """Show what is open about a ledger; nothing for any other file."""
        self._ledger = ledger
        self.setVisible(ledger is not None)
        clear(self._questions)
        clear(self._columns)
        self.boxes = []
        if ledger is None:
            return
        self._show_questions(ledger.questions)
        self._show_columns(ledger_columns.mapped(ledger))

    def _show_questions(self, questions: Sequence[Question]) -> None:
        self._heading.setText(_heading(questions))
        self.boxes = [QuestionBox(question) for question in questions[:_MOST]]
        for box in self.boxes:
            self._questions.addWidget(box)

    def _show_columns(self, columns: Sequence[Mapped]) -> None:
        self._heads.setVisible(bool(columns))
        self._which = self._as = None
        clear(self._change)
        for entry in columns:
            said = tr("{head} → {label}").format(head=entry.head, label=entry.label)
            part = framed(row(words(said, "sub")), "card", margins=10)
            self._columns.addWidget(part)
        if columns:
            self._offer_change(columns)
        self.read.setVisible(bool(self.boxes or columns))

    def _offer_change(self, columns: Sequence[Mapped]) -> None:
        """Let somebody say that a column is something else than it is read as."""
        self._which = ChoiceEditor([(entry.key, entry.head) for entry in columns], optional=True)
        none = (ledger_columns.AS_NOTE, tr("备注（原样保留）"))
        self._as = ChoiceEditor([none, *ledger_columns.slots()], optional=True)
        self._which.inner.setAccessibleName(tr("读错的列"))
        self._as.inner.setAccessibleName(tr("改读作"))
        for part in (words(tr("读错了？")), self._which, words(tr("改读作")), self._as):
            self._change.addWidget(part, 1 if isinstance(part, ChoiceEditor) else 0)

    def focus_first(self) -> None:
        """Put the cursor into the first question."""
        (self.boxes[0].editor if self.boxes else self.read).setFocus()

    def _answers(self) -> Iterator[tuple[str, str]]:
        for box in self.boxes:
            if answer := box.answer():
                yield box.question.key, answer
        if self._which and self._as and self._which.value() and self._as.value():
            yield self._which.value(), self._as.value()

    def _tell(self) -> None:
        if self._ledger is not None:
            told = self._ledger.told
            answers = {**told.answers, **dict(self._answers())}
            self.told.emit(replace(told, answers=answers))


def _heading(questions: Sequence[Question]) -> str:
    if not questions:
        return tr("这是手工台账，没有要问的。")
    more = len(questions) - _MOST
    if more > 0:
        return tr(
            "这是手工台账，先答这 {shown} 个问题（还有 {more} 个）；答过的以后不再问。"
        ).format(shown=_MOST, more=more)
    return tr("这是手工台账，有 {count} 个问题；答过的以后不再问。").format(count=len(questions))
