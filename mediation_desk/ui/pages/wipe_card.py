"""The end of a register on this computer: wanted with the receipt code and the password only."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from mediation_desk.desk import wiping
from mediation_desk.desk.moving import WrongReceipt
from mediation_desk.domain.problems import DeskError
from mediation_desk.store.keys import WrongPassword
from mediation_desk.ui import messages, theme
from mediation_desk.ui.editors import LineEditor
from mediation_desk.ui.fields import FieldBox
from mediation_desk.ui.pages.password_pair import password_box
from mediation_desk.ui.widgets import button, column, look, row, words
from mediation_desk.ui.workplace import Workplace
from mediation_desk.words import tr

_FIELD = 420
_TOLD = tr(
    "新电脑上收下转移文件、看过内容都在，再清除这台电脑上的登记簿。要新电脑显示的回执码和这里的"
    "密码；做转移文件以后这里又写了东西的，不会清除。"
)


class WipeCard(QFrame):
    """Checks before it asks, and asks before anything goes."""

    # The code and the password with which somebody agreed.
    agreed = Signal(object)

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        look(self, "note")
        self._workplace = workplace
        self.code = FieldBox(tr("回执码（12个数字）"), LineEditor(), required=True)
        self.password = password_box(tr("这本登记簿的密码"))
        self.told = words("", "wrong", wrap=True)
        self.told.hide()
        self.act = button(tr("清除这台电脑上的登记簿… (&K)"), self.check, "danger")
        for box in (self.code, self.password):
            box.setMaximumWidth(theme.wide(_FIELD))
        inner = column(
            words(tr("清除这台电脑"), "heading"),
            words(_TOLD, "sub", wrap=True),
            self.code,
            self.told,
            self.password,
            row(self.act, None),
            gap=6,
        )
        inner.setContentsMargins(16, 16, 16, 16)
        self.setLayout(inner)

    @property
    def _typed(self) -> tuple[str, str]:
        return str(self.code.value() or ""), str(self.password.value() or "")

    def check(self) -> None:
        """See whether the register may go, and ask."""
        for box, typed in zip((self.code, self.password), self._typed, strict=True):
            box.tell("" if typed else tr("请填写。"))
        if not all(self._typed):
            return
        self._tell("")
        self.act.setEnabled(False)
        self._workplace.jobs.run(
            partial(wiping.check, self._workplace.register, *self._typed),
            owner=self,
            done=self._ask,
            failed=self._refused,
            words=tr("正在核对…"),
        )

    def _ask(self, _nothing: object) -> None:
        self.act.setEnabled(True)
        folder = self._workplace.register.folder
        more = tr("“{folder}”里的登记簿、没写完的内容、备份和其他文件都会销毁，不能恢复。")
        told = "\n".join((more.format(folder=folder), tr(wiping.OUT_OF_REACH)))
        asked = tr("清除这台电脑上的登记簿吗？")
        messages.ask(self, asked, told, tr("清除，不能恢复"), self._agreed)

    def _agreed(self) -> None:
        self.agreed.emit(self._typed)

    def _refused(self, error: DeskError) -> None:
        self.act.setEnabled(True)
        if isinstance(error, WrongPassword):
            self.password.tell(str(error))
            self.password.editor.setFocus()
            return
        # Below the code, about which all else is; a narrow box would break it into many lines.
        self._tell(str(error))
        if isinstance(error, WrongReceipt):
            self.code.editor.mark(wrong=True)
            self.code.editor.setFocus()

    def _tell(self, sentence: str) -> None:
        self.told.setText(sentence)
        self.told.setVisible(bool(sentence))
