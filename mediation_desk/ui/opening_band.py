"""Says above every page that the register was not found as it was left, until it is read."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame

from mediation_desk.desk.opening_words import Told
from mediation_desk.ui import theme
from mediation_desk.ui.widgets import button, column, look, row, words
from mediation_desk.words import tr

# Below this height of the window, in the standard type, one sentence has to do.
_HIGH = 400


class OpeningBand(QFrame):
    """One sentence, what to do, and a button that takes it away."""

    def __init__(self, told: Told) -> None:
        super().__init__()
        look(self, "bad" if told.bad else "band")
        self.said = words(told.sentence, "strong", wrap=True)
        self.mend = words(told.mend, "sub", wrap=True)
        self.read = button(tr("知道了"), self.hide)
        line = row(column(self.said, self.mend, gap=2), self.read, gap=14)
        line.setStretch(0, 1)
        line.setContentsMargins(16, 8, 14, 8)
        self.setLayout(line)
        self.setToolTip(told.mend)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # In large type on a small screen the rail and the page need the height.
        self.mend.setVisible(self.window().height() >= theme.wide(_HIGH))
