"""What all parts of the settings with a list share: the list, and a form over it."""

from collections.abc import Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from mediation_desk.domain.drafts import Draft
from mediation_desk.domain.record import Record
from mediation_desk.ui.pages.record_page import Acts, RecordPage
from mediation_desk.ui.reading import may_write
from mediation_desk.ui.record_form import RecordForm
from mediation_desk.ui.rows import Column, Rows
from mediation_desk.ui.tables import Table
from mediation_desk.ui.widgets import button, column, row, words
from mediation_desk.ui.workplace import Workplace

R = TypeVar("R", bound=Record)


class ListedPart(QWidget, Generic[R]):
    """A list of records with a button for a new one; a form stands over it while one is written."""

    settings_kept = Signal()

    def __init__(
        self,
        workplace: Workplace,
        columns: Sequence[Column[R]],
        adding: str,
        empty: str,
        *,
        wrap: bool = False,
    ) -> None:
        super().__init__()
        self._workplace = workplace
        self.form: RecordPage | None = None
        self.rows: Rows[R] = Rows(columns, self)
        self.table = Table(self.rows, self, wrap=wrap)
        self.table.opened.connect(self._opened)
        self._empty = words(empty, "sub", wrap=True)
        self._empty.setContentsMargins(0, 12, 0, 0)
        self.told = words("", "sub", wrap=True)
        self.add_button = button(adding, self.add, "primary")
        head = row(self.told, self.add_button)
        head.setStretch(0, 1)
        listed = column(head, self._empty, gap=10)
        listed.addWidget(self.table, 1)
        listed.addStretch(0)
        listed.setContentsMargins(16, 14, 16, 14)
        page = QWidget()
        page.setLayout(listed)
        self._stack = QStackedWidget()
        self._stack.addWidget(page)
        self.setLayout(column(self._stack))

    # What a part tells of its records

    def found(self) -> list[R]:
        """The records of the list."""
        raise NotImplementedError

    def add(self) -> None:
        """Begin a new one."""
        raise NotImplementedError

    def correct(self, record: R) -> None:
        """Begin to correct one of the list."""
        raise NotImplementedError

    # What all do alike

    def refresh(self) -> None:
        """Read the list again."""
        found = self.found()
        self.rows.show(found)
        self.table.setVisible(bool(found))
        self._empty.setVisible(not found)

    @property
    def unsaved(self) -> bool:
        """Whether something is written that was not saved."""
        return self.form is not None and self.form.unsaved

    def _opened(self, number: int) -> None:
        record = self.rows.row(number)
        if record is not None:
            self.correct(record)

    def write(
        self, title: str, form: "RecordForm[Any]", record: R, acts: Acts, place: str, note: str
    ) -> None:
        """Put a form for `record` over the list."""
        if not may_write(self, self._workplace):
            return
        self.form = RecordPage(self._workplace, title, form, record, acts, place, note)
        self.form.saved.connect(self._kept)
        self.form.given_up.connect(self._close)
        self._stack.addWidget(self.form)
        self._stack.setCurrentWidget(self.form)
        self.form.setFocus()

    def take_up(self, draft: Draft) -> None:
        """Go on with what was typed before; about a record that is no more it begins a new one."""
        if self.form is not None:
            return
        record = next((one for one in self.found() if one.id == draft.about), None)
        if record is None:
            self.add()
        else:
            self.correct(record)
        self._go_on(draft)

    def _go_on(self, draft: Draft) -> None:
        if self.form is not None:
            self.form.take_up(draft)

    def _kept(self) -> None:
        self.settings_kept.emit()
        self._close()

    def _close(self) -> None:
        form, self.form = self.form, None
        if form is not None:
            self._stack.removeWidget(form)
            form.deleteLater()
        self.refresh()
        self.add_button.setFocus()
