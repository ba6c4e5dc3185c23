"""What a form says beside its title: a hint, and when it was last kept."""

import re

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from mediation_desk.ui.widgets import Elided, column, words


class TitleHint(QWidget):
    """A hint that takes one line instead of all it needs where the page is low."""

    def __init__(self, hint: str, kept: QLabel) -> None:
        super().__init__()
        self._hint = hint
        self._whole = words(hint, "sub", wrap=True)
        self._short = Elided(name="sub")
        self._short.say(hint, re.split("[，；。]", hint)[0])
        self._kept = kept
        lines: QVBoxLayout = column(None, self._whole, self._short, kept, None, gap=0)
        self.setLayout(lines)
        self.fold(low=False)

    def fold(self, *, low: bool) -> None:
        """Give way to what stands below, or not."""
        # Without room for both the form would jump down under the hand when it is first kept.
        self._kept.ensurePolished()
        lines = 2 if self._hint else 1
        self.setMinimumHeight(lines * self._kept.fontMetrics().lineSpacing())
        self._whole.setVisible(bool(self._hint) and not low)
        self._short.setVisible(bool(self._hint) and low)
