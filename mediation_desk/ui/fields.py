"""A described field on the screen: its official label, its editor and what is wrong with it."""

import itertools
from collections.abc import Mapping
from typing import Any, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from mediation_desk.domain.fields import Field, Form, Mask
from mediation_desk.domain.problems import Severity
from mediation_desk.ui import theme
from mediation_desk.ui.day_editor import DayEditor
from mediation_desk.ui.editors import (
    ChoiceEditor,
    Choices,
    Editor,
    LineEditor,
    MoneyEditor,
    PaperEditor,
    SeveralEditor,
    WholeEditor,
    YesEditor,
    codes,
)
from mediation_desk.ui.flow import Headed
from mediation_desk.ui.number_editor import NumberEditor
from mediation_desk.ui.widgets import look, words
from mediation_desk.words import tr

_GAP = 3
# Tells of any two boxes in which one was written last.
_strokes = itertools.count(1)


def editor_for(entry: Field, choices: Choices | None = None, hint: str = "") -> Editor:
    """The editor that fits a field's form; `choices` for fields whose values lie in a table."""
    if choices is not None:
        several = entry.form is Form.LIST
        return SeveralEditor(choices) if several else ChoiceEditor(choices, optional=entry.optional)
    if entry.form is Form.CODE and entry.codes is not None:
        return ChoiceEditor(codes(entry.codes), optional=entry.optional)
    if entry.form is Form.YES_NO:
        if entry.optional:
            return ChoiceEditor([(True, tr("是")), (False, tr("否"))], optional=True)
        return YesEditor(tr(entry.label))
    if entry.form is Form.DAY:
        return DayEditor()
    makers: Mapping[Form, Any] = {
        Form.LONG_TEXT: PaperEditor,
        Form.WHOLE: WholeEditor,
        Form.MONEY: MoneyEditor,
    }
    made: Editor = makers.get(entry.form, LineEditor)(hint)
    of_person = entry.personal in {Mask.IDENTITY, Mask.PHONE}
    return NumberEditor(cast(Mask, entry.personal), hint) if of_person else made


class FieldBox(Headed):
    """Label, editor and findings of one field."""

    changed = Signal()

    def __init__(self, label: str, editor: Editor, *, required: bool = False) -> None:
        super().__init__()
        self.editor = editor
        # Whether the user has written here since the value was shown.
        self.touched = False
        # Grows with everything written in any box; 0 where nothing was written.
        self.written = 0
        self.label = label
        self._headed = True
        self._label = QLabel()
        self._label.setTextFormat(Qt.TextFormat.RichText)
        look(self._label, "field")
        self._label.setBuddy(editor)
        self.rename(label, required=required)
        self._finding = words("", "wrong", wrap=True)
        self._finding.hide()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(_GAP)
        stack.addWidget(self._label)
        stack.addWidget(editor)
        stack.addWidget(self._finding)
        editor.changed.connect(self._edited)

    def rename(self, label: str, *, required: bool) -> None:
        """Call the field `label`; a red star says that it must be filled."""
        self.label = label
        # The label is our own constant, so rich text cannot carry anything typed.
        star = f" <span style='color:{theme.tokens().red}'>*</span>" if required else ""
        self._label.setText(label + star)

    @property
    def headless(self) -> bool:
        return not self.label.strip()

    def head_high(self, *, kept: bool) -> int:
        change = int(kept) - int(not self._label.isHidden())
        return change * (self._label.sizeHint().height() + _GAP)

    def keep_head(self, *, kept: bool) -> None:
        if kept is not self._headed:
            self._headed = kept
            self._label.setVisible(kept)

    def _edited(self) -> None:
        self.touched = True
        self.written = next(_strokes)
        self.tell("")
        self.changed.emit()

    def value(self) -> Any:
        """The field's value."""
        return self.editor.value()

    def show_value(self, value: Any) -> None:
        """Show `value` without findings."""
        self.tell("")
        self.editor.show_value(value)
        # Some editors cannot tell a shown value from a written one.
        self.touched = False

    def put_back(self, content: Any) -> None:
        """Put back what was typed before, as if it were typed now."""
        if content != self.editor.content():
            self.editor.put_back(content)
            self._edited()

    def tell(self, finding: str, severity: Severity = Severity.ERROR) -> None:
        """Show a finding beside the editor; empty takes it away."""
        self._finding.setText(finding)
        look(self._finding, "wrong" if severity is Severity.ERROR else "doubt")
        self._finding.setVisible(bool(finding))
        self.editor.mark(wrong=bool(finding) and severity is Severity.ERROR)
        self.updateGeometry()

    @property
    def finding(self) -> str:
        """What is shown beside the editor."""
        return self._finding.text()


def around(editor: QWidget) -> FieldBox | None:
    """The box in which an editor or a part of one stands, if any."""
    part: QWidget | None = editor
    while part is not None and not isinstance(part, FieldBox):
        part = part.parentWidget()
    return part
