"""Says above every page that the disk is nearly full, as long as it is."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame

from mediation_desk.desk.disk_space import space_warning
from mediation_desk.domain.desk_error import DeskError
from mediation_desk.store.register import Register
from mediation_desk.ui.widgets import column, look, words

_LOOK_MS = 60_000


class DiskBand(QFrame):
    """Looks now and then how much room is left."""

    def __init__(self, register: Register) -> None:
        super().__init__()
        look(self, "band")
        self._register = register
        self.said = words("", "strong", wrap=True)
        line = column(self.said)
        line.setContentsMargins(16, 8, 14, 8)
        self.setLayout(line)
        self._looking = QTimer(self)
        self._looking.setInterval(_LOOK_MS)
        self._looking.timeout.connect(self.refresh)
        self._looking.start()
        self.refresh()

    def refresh(self) -> None:
        """Look again."""
        try:
            said = space_warning(self._register)
        except DeskError:
            # What keeps the register from being read is said by the page that reads it.
            return
        self.said.setText(said)
        self.setVisible(bool(said))
