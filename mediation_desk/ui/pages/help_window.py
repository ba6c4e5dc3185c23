"""The office opens a village's register for it: who asks is made sure, written down, and told."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QDialog, QLineEdit, QWidget

from mediation_desk import paths
from mediation_desk.desk import helping
from mediation_desk.desk.helping import Asked
from mediation_desk.domain.problems import DeskError
from mediation_desk.ui import messages, theme
from mediation_desk.ui.pages.notice import Notice
from mediation_desk.ui.widgets import button, column, framed, look, row, scrolled, words
from mediation_desk.ui.workplace import Workplace
from mediation_desk.words import tr

_WIDTH, _HEIGHT = 720, 560
_WHAT = tr(
    "村里忘了密码、恢复码的纸也没有了，由本所打开。先弄清楚是谁：认得声音、回拨村里的号码，"
    "或者请本人到所。这件事记入双方的操作记录，村里下次打开就看得到。"
)
_TOLD = tr("电话里把口令念给申请人，不要和文件一起发。关掉这个窗口，就不会再显示。")


class HelpWindow(QDialog):
    """Takes a request up, asks who it is, and writes the answer; the code is shown once."""

    # An answer was made.
    helped = Signal()

    def __init__(self, parent: QWidget, workplace: Workplace) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("帮村里打开登记簿"))
        self.setModal(True)
        self._workplace = workplace
        self._asked: Asked | None = None
        self._units = helping.helped_units(workplace.register)
        self.notice = Notice()
        self.unit = QComboBox()
        self.unit.addItem(tr("请选单位"))
        self.unit.addItems([unit.name for unit in self._units])
        self.number, self.who = QLineEdit(), QLineEdit()
        self.number.setFont(theme.font(13, bold=True))
        self.who.setPlaceholderText(tr("例如：陶素芬，本人到所，核对了身份证"))
        self.told = words("", "wrong", wrap=True)
        self.told.hide()
        self.file = button(tr("读入申请文件… (&F)"), self.ask_for_request)
        self.make = button(tr("做解锁文件… (&M)"), self.ask_where, "primary")
        self.shut = button(tr("关闭"), self.reject, keys="Esc")
        self.code = words("", "figure")
        self.code.setFont(theme.font(22, bold=True))
        self._answered = framed(
            column(words(tr("口令"), "strong"), self.code, words(_TOLD, "sub", wrap=True)), "note"
        )
        self._answered.hide()
        self._lay_out()
        room = parent.window().size()
        self.resize(min(theme.wide(_WIDTH), room.width()), min(theme.wide(_HEIGHT), room.height()))

    def _lay_out(self) -> None:
        def labelled(text: str, field: QWidget) -> QWidget:
            label = words(text, "field")
            label.setBuddy(field)
            part = QWidget()
            part.setLayout(column(label, field, gap=2))
            return part

        asked = row(labelled(tr("单位 (&U)"), self.unit), labelled(tr("申请号 (&N)"), self.number))
        asked.setStretch(0, 1)
        asked.setStretch(1, 1)
        self._asking = QWidget()
        asking = column(
            row(words(tr("有申请文件："), "strong"), self.file, None),
            words(tr("没有文件，只有电话里念的申请号："), "strong"),
            asked,
            labelled(tr("是谁申请的、怎样确认的 (&W)"), self.who),
            self.told,
            gap=10,
        )
        asking.setContentsMargins(0, 0, 0, 0)
        self._asking.setLayout(asking)
        inner = column(
            words(tr("帮村里打开登记簿"), "title"),
            words(_WHAT, "sub", wrap=True),
            self._asking,
            self.notice,
            self._answered,
            None,
            gap=12,
        )
        inner.setContentsMargins(22, 18, 22, 8)
        acts = row(self.shut, None, self.make, gap=10)
        acts.setContentsMargins(22, 6, 22, 16)
        whole = column(gap=0)
        whole.addWidget(scrolled(inner, 22), 1)
        whole.addLayout(acts)
        self.setLayout(whole)

    # What is asked

    def ask_for_request(self) -> None:
        """Ask for the village's file."""
        title, kind = tr("选村里的申请文件"), tr("申请文件 (*.txt)")
        for path in messages.choose_files(self, title, paths.outgoing(), kind)[:1]:
            self.take_request(path)

    def take_request(self, path: Path) -> None:
        """Take the request in a file up."""
        try:
            asked = helping.asked_by_file(self._workplace.register, path)
        except DeskError as error:
            self._tell(str(error))
            return
        self._asked = asked
        self.unit.setCurrentText(asked.unit.name)
        self.number.setText(asked.code)
        unlike = tr("注意：申请的钥匙不是最近报送来的那一把，可能用了旧备份。请多核对一遍。")
        # A caution, and nothing that was done wrong.
        self._tell("" if asked.known else unlike, "minded")
        self.who.setFocus()

    def _found(self) -> Asked | None:
        if self._asked is not None and self.number.text() == self._asked.code:
            return self._asked
        place = self.unit.currentIndex() - 1
        if place < 0:
            self._tell(tr("还没有选单位。请选打电话来的单位。"))
            return None
        register, code = self._workplace.register, self._units[place].code
        try:
            return helping.asked_by_phone(register, code, self.number.text())
        except DeskError as error:
            self._tell(str(error))
            return None

    # The answer

    def ask_where(self) -> None:
        """Ask where the answer shall be written, once it is clear what is asked and by whom."""
        asked = self._found()
        if asked is None:
            return
        if not self.who.text().strip():
            self._tell(tr("还没有写是谁申请的、怎样确认的。写了才能做解锁文件。"))
            self.who.setFocus()
            return
        proposed = paths.outgoing() / helping.answer_name(asked.unit)
        kind = tr("解锁文件 (*.txt)")
        target = messages.choose_target(self, tr("把解锁文件存到哪里"), proposed, kind)
        if target is not None:
            self.answer(asked, target)

    def answer(self, asked: Asked, target: Path) -> None:
        """Write the answer to a request."""
        self.make.setEnabled(False)
        register, actor = self._workplace.register, self._workplace.actor
        self._workplace.jobs.run(
            partial(helping.help_open, register, asked, self.who.text(), actor, target),
            owner=self,
            done=partial(self._written, target),
            failed=self._refused,
            words=tr("正在做解锁文件…"),
        )

    def _written(self, target: Path, code: str) -> None:
        self._asking.hide()
        self.make.hide()
        self.code.setText(code)
        self._answered.show()
        self.notice.done(tr("解锁文件做好了，请交给村里。"), target)
        self.helped.emit()

    def _refused(self, error: DeskError) -> None:
        self.make.setEnabled(True)
        self._tell(str(error))

    def _tell(self, sentence: str, name: str = "wrong") -> None:
        look(self.told, name)
        self.told.setText(sentence)
        self.told.setVisible(bool(sentence))
