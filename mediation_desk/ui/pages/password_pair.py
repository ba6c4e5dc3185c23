"""A new password typed twice, with its strength in words; the same wherever one is chosen."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from mediation_desk.desk import setting_up
from mediation_desk.ui.editors import LineEditor
from mediation_desk.ui.fields import FieldBox
from mediation_desk.ui.theme import Tone
from mediation_desk.ui.widgets import Chip, column, row
from mediation_desk.words import tr


def password_box(label: str) -> FieldBox:
    """A field for a password that nobody can read over one's shoulder."""
    editor = LineEditor()
    editor.typed.setEchoMode(QLineEdit.EchoMode.Password)
    return FieldBox(label, editor, required=True)


class PasswordPair(QWidget):
    """The new password and the same once more."""

    # Enter was pressed in the second of them.
    entered = Signal()

    def __init__(self, new: str = tr("新密码"), again: str = tr("再输一遍新密码")) -> None:
        super().__init__()
        self.new = password_box(new)
        self.again = password_box(again)
        self._strength = Chip()
        self.new.changed.connect(self._weigh)
        self.again.editor.inner.returnPressed.connect(self.entered)  # type: ignore[attr-defined]
        self.setLayout(column(self.new, row(self._strength, None), self.again, gap=6))
        self.setFocusProxy(self.new.editor)

    def _weigh(self) -> None:
        said, tone = setting_up.password_words(self.password)
        self._strength.show_state(said if self.password else "", Tone(tone))

    @property
    def password(self) -> str:
        """What was typed first."""
        return str(self.new.value() or "")

    def wanting(self) -> bool:
        """Whether something keeps the password from being taken, said beside its field."""
        new, again = self.password, str(self.again.value() or "")
        self.new.tell(setting_up.password_too_short(new) if new else tr("请填写。"))
        differs = tr("两次输入的密码不一样，请再输一遍。") if new != again else ""
        self.again.tell(differs if again else tr("请填写。"))
        wrong = [box for box in (self.new, self.again) if box.finding]
        if wrong:
            wrong[0].editor.setFocus()
        return bool(wrong)

    def empty(self) -> None:
        """Leave nothing of it on the page."""
        for box in (self.new, self.again):
            box.show_value("")
        self._weigh()
