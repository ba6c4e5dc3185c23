"""The page of disputes: browsing, and the forms that take its place while something is written."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from mediation_desk.ui.pages.browse import Behind, Browse
from mediation_desk.ui.widgets import look
from mediation_desk.ui.workplace import Workplace


class DisputesPage(QWidget):
    """Browses disputes; a form lies over the list until it is saved or given up."""

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        look(self, "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._workplace = workplace
        self.browse = Browse(workplace)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.browse)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._stack)
        self.browse.register_wanted.connect(self.register)
        self.browse.step_wanted.connect(self.step)

    def refresh(self) -> None:
        """Read the register again."""
        self.browse.refresh()

    def show_behind(self, behind: Behind) -> None:
        """List the cases behind a number."""
        self.browse.show_behind(behind)

    def register(self) -> None:
        """Begin a new dispute."""

    def step(self, name: str) -> None:
        """Begin a step of the dispute shown."""
