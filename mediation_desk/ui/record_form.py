"""A record as a form: boxes for some of its fields, built from their descriptions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mediation_desk.domain.fields import Form, fields_by_name
from mediation_desk.domain.problems import Severity
from mediation_desk.domain.record import Record
from mediation_desk.ui.editors import Choices
from mediation_desk.ui.fields import FieldBox, editor_for
from mediation_desk.ui.flow import FieldGrid
from mediation_desk.words import tr

R = TypeVar("R", bound=Record)
_NO_CHOICES: Mapping[str, Choices] = {}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a field stands in a form: its share of twelve columns, whether it must be filled."""

    name: str
    span: int = 3
    required: bool = False
    label: str = ""
    hint: str = ""


class RecordForm(QWidget, Generic[R]):
    """Shows a record and gives back the one that was typed."""

    changed = Signal()
    # An error lies in a field that is folded away: whoever folded it opens it again.
    missed = Signal(str)

    def __init__(
        self,
        kind: type[R],
        places: Sequence[Place],
        choices: Mapping[str, Choices] = _NO_CHOICES,
    ) -> None:
        super().__init__()
        self.kind = kind
        self._shown: R | None = None
        self._known = fields_by_name(kind)
        self._places = {place.name: place for place in places}
        self.boxes: dict[str, FieldBox] = {}
        self.grid = FieldGrid()
        for place in places:
            box = self._made(place, choices.get(place.name))
            box.changed.connect(self.changed)
            self.boxes[place.name] = box
            self.grid.add(box, place.span)
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.addWidget(self.grid)

    def _made(self, place: Place, choices: Choices | None) -> FieldBox:
        entry = self._known[place.name]
        editor = editor_for(entry, choices, tr(place.hint))
        # A box to tick carries its own words.
        ticked = entry.form is Form.YES_NO and not entry.optional
        label = " " if ticked else tr(place.label or entry.label)
        if entry.form is Form.MONEY:
            label += tr("（元）")
        return FieldBox(label, editor, required=place.required)

    def show_record(self, record: R) -> None:
        """Show `record` without findings."""
        self._shown = record
        for name, box in self.boxes.items():
            box.show_value(getattr(record, name))

    def record(self) -> R:
        """The record shown with the values typed; call `unclear` first."""
        if self._shown is None:
            raise LookupError("no record was shown")
        values: dict[str, Any] = {name: box.value() for name, box in self.boxes.items()}
        for name, value in values.items():
            # Where nothing is chosen yet from a table of texts.
            if value is None and self._known[name].form is Form.TEXT:
                values[name] = ""
        return replace(self._shown, **values)

    def shown_in(self, editor: QWidget) -> tuple[Record, str] | None:
        """The record shown and which of its fields `editor` holds; None before one is shown."""
        name = next((name for name, box in self.boxes.items() if box.editor is editor), "")
        return (self._shown, name) if self._shown is not None and name else None

    def whole(self) -> bool:
        """Whether the typed values make a record at all, right or wrong."""
        return not any(
            box.editor.unclear() or (box.value() is None and self._must(name))
            for name, box in self.boxes.items()
        )

    def _must(self, name: str) -> bool:
        """Whether a record cannot be without a value of this field."""
        entry = self._known[name]
        return not entry.optional and entry.form in {Form.DAY, Form.CODE}

    def unclear(self) -> FieldBox | None:
        """The first box whose text cannot be understood or that must be filled; all are told."""
        first = None
        for name, box in self.boxes.items():
            # What was typed must never be dropped silently, so hiding excuses only emptiness.
            wrong = box.editor.unclear() or ("" if box.isHidden() else self._empty(name, box))
            if wrong:
                box.tell(wrong)
                first = first or box
        return first

    def _empty(self, name: str, box: FieldBox) -> str:
        must = self._places[name].required or self._must(name)
        # A number may be zero; whether that is right is for the rules to say.
        return tr("请填写。") if must and box.value() in {None, ""} else ""

    def tell(self, name: str, sentence: str, severity: Severity) -> FieldBox | None:
        """Show a finding beside field `name`; the box, if the form has one."""
        box = self.boxes.get(name)
        if box is not None and box.isHidden() and severity is Severity.ERROR:
            self.missed.emit(name)
        if box is not None and not box.isHidden():
            if not box.finding:
                box.tell(sentence, severity)
            return box
        return None

    def hush(self) -> None:
        """Take all findings away."""
        for box in self.boxes.values():
            box.tell("")

    def show_only(self, hidden: Sequence[str]) -> None:
        """Hide the boxes named `hidden`, unless their text is not understood; show all others."""
        for name, box in self.boxes.items():
            box.setVisible(name not in hidden or bool(box.editor.unclear()))
        self.grid.lay_again()

    def typed(self) -> dict[str, Any]:
        """What stands in every box, understood or not, as JSON can hold it."""
        return {name: box.editor.content() for name, box in self.boxes.items()}

    def retype(self, typed: Mapping[str, Any]) -> None:
        """Put back what `typed` once gave; boxes it does not name stay as they are."""
        known = [name for name in self.boxes if name in typed]
        # One box may fill another, as the identity number does; in the second round all stand.
        for name in known * 2:
            self.boxes[name].put_back(typed[name])

    @property
    def filled(self) -> bool:
        """Whether anything was written that would be lost with the form."""
        chosen = {Form.CODE, Form.YES_NO, Form.LIST}
        return any(
            box.editor.unclear() or (box.value() and self._known[name].form not in chosen)
            for name, box in self.boxes.items()
        )

    def first_box(self) -> FieldBox:
        """The first box that is shown."""
        return next(box for box in self.boxes.values() if not box.isHidden())
