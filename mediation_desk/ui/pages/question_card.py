"""Questions in full: the value before, the register's and the one reported, side by side."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QLabel, QWidget

from mediation_desk.desk.deciding import Question
from mediation_desk.domain.codes import ProposalSort
from mediation_desk.ui import theme
from mediation_desk.ui.pages.differing import marked
from mediation_desk.ui.pages.inbox import place_words
from mediation_desk.ui.theme import Tone
from mediation_desk.ui.widgets import Chip, clear, column, framed, look, row, scrolled, words
from mediation_desk.words import tr

# What several lines chosen at once are shown in full; more nobody reads before answering.
_MOST = 12
_ONE_COLUMN = 430

TONES = {
    ProposalSort.CONFLICT: Tone.AMBER,
    ProposalSort.EDIT: Tone.BLUE,
    ProposalSort.ROW: Tone.BLUE,
    ProposalSort.DUPLICATE: Tone.RED,
}


def heading(question: Question) -> str:
    """What is asked about: the field of which record."""
    if question.proposal.sort is ProposalSort.ROW:
        return tr("{noun} · 手工添加的一行").format(noun=question.noun)
    told = (question.noun, question.label)
    return " · ".join(part for part in told if part)


def case_words(question: Question) -> str:
    """Of which case, or of which unit where no case is concerned."""
    return " · ".join(part for part in (question.number, question.unit) if part)


def where(question: Question) -> str:
    """The sheet, row and cell, and the file that it stands in; empty if it came by no file."""
    place = place_words(question.place)
    return " · ".join(part for part in (question.proposal.file_name, place) if part)


def _side(label: str, text: str, other: str) -> QFrame:
    said = QLabel(marked(text, other) if text else tr("（没有）"))
    said.setTextFormat(Qt.TextFormat.RichText)
    said.setWordWrap(True)
    said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    stack = column(words(label, "field"), said, None, gap=4)
    frame = framed(stack, "note", margins=12)
    frame.setAccessibleName(tr("{label}：{text}").format(label=label, text=text))
    return frame


class Beside(QWidget):
    """Parts side by side, equally wide and high; one below the other where that is too narrow."""

    def __init__(self, parts: Sequence[QWidget], narrow: int) -> None:
        super().__init__()
        self._narrow = narrow
        self._line = row(*parts, gap=10)
        for place in range(len(parts)):
            self._line.setStretch(place, 1)
        self.setLayout(self._line)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = event.size().width() < theme.wide(self._narrow)
        directions = QBoxLayout.Direction
        self._line.setDirection(directions.TopToBottom if narrow else directions.LeftToRight)


def sides(question: Question) -> Beside:
    """The values beside each other; what there cannot be is left out."""
    if question.proposal.sort is ProposalSort.ROW:
        return Beside([_side(tr("表中写的"), question.theirs, "")], 0)
    conflict = question.proposal.sort is ProposalSort.CONFLICT
    came = tr("报来的") if conflict else tr("表中写的")
    parts = [
        _side(tr("登记簿现在的"), question.ours, question.theirs),
        _side(came, question.theirs, question.ours),
    ]
    if conflict or question.base:
        parts.insert(0, _side(tr("原来的"), question.base, ""))
    return Beside(parts, _ONE_COLUMN)


class QuestionBlock(QWidget):
    """One question in full."""

    def __init__(self, question: Question) -> None:
        super().__init__()
        sort = question.proposal.sort
        head = row(words(heading(question), "strong", wrap=True), Chip(tr(sort.label), TONES[sort]))
        head.setStretch(0, 1)
        stack = column(head, gap=6)
        if said := where(question):
            stack.addWidget(words(said, "sub", wrap=True))
        stack.addWidget(sides(question))
        for told in _warnings(question):
            stack.addWidget(words(told, "doubt", wrap=True))
        self.setLayout(stack)


def _warnings(question: Question) -> list[str]:
    found = []
    if question.changed:
        found.append(tr("提出之后，登记簿里的内容又改过；上面是现在的内容。"))
    if question.proposal.remark and question.proposal.open:
        found.append(question.proposal.remark)
    return found


class QuestionCard(QFrame):
    """Shows the questions that are chosen in the list."""

    def __init__(self) -> None:
        super().__init__()
        look(self, "clear")
        self.shown: tuple[Question, ...] = ()
        self._title = words("", "heading", wrap=True)
        self._blocks = column(gap=16)
        inside = column(self._title, self._blocks, None, gap=12)
        inside.setContentsMargins(16, 12, 16, 12)
        self.view = scrolled(inside)
        stack = column(self.view)
        stack.setContentsMargins(1, 1, 1, 1)
        self.setLayout(stack)

    def show_questions(self, questions: Sequence[Question]) -> None:
        """Show these, the first of them at the top."""
        self.shown = tuple(questions)
        clear(self._blocks)
        self._title.setText(_title(questions))
        for question in questions[:_MOST]:
            self._blocks.addWidget(QuestionBlock(question))
        if (more := len(questions) - _MOST) > 0:
            told = tr("还有选中的 {count} 项没有列出，会一起处理。").format(count=more)
            self._blocks.addWidget(words(told, "sub", wrap=True))
        self.view.verticalScrollBar().setValue(0)


def _title(questions: Sequence[Question]) -> str:
    cases = list(dict.fromkeys(map(case_words, questions)))
    if not cases:
        return ""
    if len(questions) == 1:
        return cases[0]
    if len(cases) == 1:
        return tr("{case}：选中 {count} 项").format(case=cases[0], count=len(questions))
    return tr("选中 {count} 项，涉及 {cases} 件").format(count=len(questions), cases=len(cases))
