"""Questions in full: the value before, the register's and the one reported, side by side."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QWidget

from mediation_desk.desk.deciding import Question
from mediation_desk.desk.parked_rows import is_parked_row
from mediation_desk.domain.codes import ProposalSort
from mediation_desk.ui.pages.asked import TONES, Asked, case_words, heading
from mediation_desk.ui.pages.beside import Beside
from mediation_desk.ui.pages.differing import marked
from mediation_desk.ui.pages.ledger_card import QuestionBox
from mediation_desk.ui.pages.pair_card import PairCard
from mediation_desk.ui.pages.place_words import place_words
from mediation_desk.ui.widgets import Chip, clear, column, framed, look, row, scrolled, words
from mediation_desk.ui.workplace import Workplace
from mediation_desk.words import tr

# What several lines chosen at once are shown in full; more nobody reads before answering.
_MOST = 12
_ONE_COLUMN = 430


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


def sides(question: Question, *, office: bool = True) -> Beside:
    """The values beside each other, as an `office` calls them; what there cannot be is left out."""
    if question.proposal.sort is ProposalSort.ROW:
        return Beside([_side(tr("表中写的"), question.theirs, "")], 0)
    conflict = question.proposal.sort is ProposalSort.CONFLICT
    theirs = tr("报来的") if office else tr("司法所的")
    came = theirs if conflict else tr("表中写的")
    parts = [
        _side(tr("登记簿现在的"), question.ours, question.theirs),
        _side(came, question.theirs, question.ours),
    ]
    if conflict or question.base:
        parts.insert(0, _side(tr("原来的"), question.base, ""))
    return Beside(parts, _ONE_COLUMN)


class QuestionBlock(QWidget):
    """One question in full."""

    def __init__(self, question: Question, *, office: bool = True) -> None:
        super().__init__()
        sort = question.proposal.sort
        head = row(words(heading(question), "strong", wrap=True), Chip(tr(sort.label), TONES[sort]))
        head.setStretch(0, 1)
        stack = column(head, gap=6)
        if said := where(question):
            stack.addWidget(words(said, "sub", wrap=True))
        stack.addWidget(sides(question, office=office))
        for told in _warnings(question):
            stack.addWidget(words(told, "doubt", wrap=True))
        self.setLayout(stack)


def _warnings(question: Question) -> list[str]:
    found = []
    if question.changed:
        found.append(tr("提出之后，登记簿里的内容又改过；上面是现在的内容。"))
    parked = is_parked_row(question.proposal)
    if question.proposal.remark and question.proposal.open and not parked:
        found.append(question.proposal.remark)
    return found


class QuestionCard(QFrame):
    """Shows what is chosen in the list, and takes the answers that need more than yes or no."""

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        look(self, "clear")
        self._workplace = workplace
        self.shown: tuple[Asked, ...] = ()
        self.pair: PairCard | None = None
        self.boxes: list[QuestionBox] = []
        self._title = words("", "heading", wrap=True)
        self._blocks = column(gap=16)
        inside = column(self._title, self._blocks, None, gap=12)
        inside.setContentsMargins(16, 12, 16, 12)
        self.view = scrolled(inside)
        stack = column(self.view)
        stack.setContentsMargins(1, 1, 1, 1)
        self.setLayout(stack)

    def show_asked(self, chosen: Sequence[Asked]) -> None:
        """Show these, the first of them at the top."""
        if tuple(chosen) == self.shown:
            return
        self.shown = tuple(chosen)
        self.pair, self.boxes = None, []
        clear(self._blocks)
        self._title.setText(_title(chosen))
        if len(chosen) == 1 and chosen[0].pair is not None:
            self.pair = PairCard(self._workplace, chosen[0].pair)
            self._blocks.addWidget(self.pair)
        else:
            self._show_blocks(chosen)
        self.view.verticalScrollBar().setValue(0)

    def _show_blocks(self, chosen: Sequence[Asked]) -> None:
        for asked in chosen[:_MOST]:
            if asked.question is not None:
                self._blocks.addWidget(QuestionBlock(asked.question, office=self._workplace.office))
        if len(chosen) == 1 and chosen[0].rows:
            self.boxes = [QuestionBox(question) for question in chosen[0].rows]
            for box in self.boxes:
                self._blocks.addWidget(box)
        if (more := len(chosen) - _MOST) > 0:
            told = tr("还有选中的 {count} 项没有列出，会一起处理。").format(count=more)
            self._blocks.addWidget(words(told, "sub", wrap=True))

    def answers(self) -> dict[str, str]:
        """What was answered about the row of a ledger that is shown."""
        given = ((box.question.key, box.answer()) for box in self.boxes)
        return {key: answer for key, answer in given if answer}


def _title(chosen: Sequence[Asked]) -> str:
    cases = list(dict.fromkeys(case_words(*asked.case) for asked in chosen))
    if not cases:
        return ""
    if len(chosen) == 1:
        return tr("是不是同一件纠纷？") if chosen[0].pair else cases[0]
    if len(cases) == 1:
        return tr("{case}：选中 {count} 项").format(case=cases[0], count=len(chosen))
    return tr("选中 {count} 项，涉及 {cases} 件").format(count=len(chosen), cases=len(cases))
