"""What a follow-up visit should cover, as starts of sentences that go into its text."""

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QCheckBox, QPlainTextEdit, QWidget

from mediation_desk.ui.fields import FieldBox
from mediation_desk.ui.flow import FlowLayout
from mediation_desk.words import tr

# domain.md §2.10: performance, satisfaction, later litigation, escalation or risk, measures.
_STARTS = (
    "履行情况：",
    "是否满意：",
    "有无起诉及结果：",
    "激化苗头和隐患：",
    "调解有无不当：",
    "采取的措施：",
)


class Starters(QWidget):
    """A box for each start; ticked once its text is there."""

    def __init__(self, box: FieldBox) -> None:
        super().__init__()
        self._box = box
        paper = box.editor.inner
        if not isinstance(paper, QPlainTextEdit):
            raise TypeError(paper)
        self._paper = paper
        self._ticks: list[tuple[str, QCheckBox]] = []
        flow = FlowLayout(self, gap=20)
        for start in _STARTS:
            tick = QCheckBox(tr(start).rstrip("："))
            tick.clicked.connect(self._write)
            self._ticks.append((tr(start), tick))
            flow.addWidget(tick)
        paper.textChanged.connect(self._compare)
        self._compare()

    def _compare(self) -> None:
        """Tick what is written."""
        text = self._paper.toPlainText()
        for start, tick in self._ticks:
            tick.setChecked(start in text)

    def _write(self, _on: bool) -> None:  # noqa: FBT001 - the signal's own signature
        """Begin a line for what was just ticked; take away a start with nothing behind it."""
        text = self._paper.toPlainText()
        lines = text.split("\n")
        for start, tick in self._ticks:
            if tick.isChecked() and start not in text:
                whole = [line for line in lines if line.strip()] + [start]
                self._show("\n".join(whole))
                self._paper.setFocus()
                return
            if not tick.isChecked() and start in text:
                self._show("\n".join(line for line in lines if line.strip() != start))
                # Where something was written behind the start, it stays and so does the tick.
                self._compare()
                return

    def _show(self, text: str) -> None:
        """Replace the text by typing, so that it can be undone and counts as written."""
        cursor = self._paper.textCursor()
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(text)
        self._paper.setTextCursor(cursor)
