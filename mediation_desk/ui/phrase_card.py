"""The card of phrases beside a form: choosing one puts it into the text that is written."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from mediation_desk.desk.phrases import Phrase, Use, add, phrases, remove
from mediation_desk.domain.problems import DeskError
from mediation_desk.ui import theme
from mediation_desk.ui.side import WrappedButton
from mediation_desk.ui.widgets import button, clear, look, row, words
from mediation_desk.ui.workplace import Workplace
from mediation_desk.words import tr

_REMOVE_WIDTH = 52
_DIGITS = 9
_INTO = {Use.FACTS: tr("填入“纠纷主要事实”"), Use.AGREEMENT: tr("填入“协议内容”")}


class PhraseCard(QFrame):
    """Shows the phrases for a type of dispute and one of its texts; Alt and a digit choose."""

    chosen = Signal(str)
    # The text that is written shall be kept as a phrase.
    keep_wanted = Signal()

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        look(self, "card")
        self._workplace = workplace
        self._type = ""
        self._use = Use.FACTS
        self._head = words("", "heading")
        self._into = words("", "sub", wrap=True)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(6)
        self.keep_button = button(tr("存为常用语 (&M)"), self.keep_wanted.emit, "quiet")
        self.keep_button.setToolTip(tr("把选中的字或整段文字留作本调委会自己的常用语"))
        stack = QVBoxLayout(self)
        stack.setContentsMargins(16, 12, 16, 8)
        stack.setSpacing(6)
        for part in (self._head, self._into):
            stack.addWidget(part)
        stack.addLayout(self._lines)
        stack.addLayout(row(self.keep_button, None))

    def show_for(self, type_code: str, use: Use) -> None:
        """Show the phrases of a type of dispute for one of its texts."""
        if (type_code, use) != (self._type, self._use) or not self._lines.count():
            self._type, self._use = type_code, use
            self._show()

    def _show(self) -> None:
        clear(self._lines)
        types = self._workplace.register.types
        kind = types.label(self._type).removesuffix(tr("纠纷"))
        self._head.setText(tr("常用语 · {kind}").format(kind=kind) if kind else tr("常用语"))
        found = phrases(self._workplace.register, self._type, self._use)
        into = tr("{into}，Tab 到下一个空").format(into=_INTO[self._use])
        self._into.setText(into if found else tr("先选纠纷类型，这里就有常用语"))
        for number, phrase in enumerate(found, 1):
            self._add(phrase, number if number <= _DIGITS else 0)

    def _add(self, phrase: Phrase, digit: int) -> None:
        said = phrase.words if phrase.own else f"{phrase.head}：{phrase.words}"
        made = WrappedButton(said, "line", digit)
        made.clicked.connect(partial(self._choose, phrase.words))
        made.setParent(self)
        # At once, because its digit may be pressed before the next turn of the event loop.
        made.show()
        if not phrase.own:
            self._lines.addWidget(made)
            return
        away = button(tr("删"), name="quiet", tip=tr("不再列出这条自己的常用语"))
        away.setFixedWidth(theme.wide(_REMOVE_WIDTH))
        away.clicked.connect(partial(self._remove, phrase.words))
        line = row(made, away, gap=2)
        line.setStretch(0, 1)
        self._lines.addLayout(line)

    def _choose(self, said: str) -> None:
        self.chosen.emit(said)

    def keep(self, said: str) -> None:
        """Keep `said` as an own phrase for what is shown."""
        if not (said.strip() and self._type):
            self._into.setText(tr("先选纠纷类型，写好一段文字，再存为常用语。"))
            return
        self._write(partial(add, self._workplace.register, self._type, self._use, said))

    def _remove(self, said: str) -> None:
        self._write(partial(remove, self._workplace.register, self._type, self._use, said))

    def _write(self, work: "partial[None]") -> None:
        self._workplace.jobs.run_beside(work, owner=self, done=self._written, failed=self._refused)

    def _written(self, _nothing: object) -> None:
        self._show()

    def _refused(self, error: DeskError) -> None:
        self._into.setText(str(error))
