"""The files of many cases: looked through, drawn from, and taken out year by year."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from mediation_desk.ui import theme
from mediation_desk.ui.pages.archive_view import ArchiveView
from mediation_desk.ui.pages.files_list import FilesList
from mediation_desk.ui.pages.notice import Notice
from mediation_desk.ui.pages.sampling_view import SamplingView
from mediation_desk.ui.tabs import Tabs
from mediation_desk.ui.widgets import column, framed, line
from mediation_desk.ui.workplace import Workplace
from mediation_desk.words import tr

INSPECTED, DRAWN, ARCHIVE = range(3)
_LEAST, _NARROW = 350, 940


class FilesView(QWidget):
    """One view at a time; only an office draws files to look through."""

    going = Signal(object)

    def __init__(self, workplace: Workplace, notice: Notice) -> None:
        super().__init__()
        self.inspected = FilesList(workplace, notice)
        self.drawn = SamplingView(workplace, notice)
        self.archive = ArchiveView(workplace, notice)
        self._views = (self.inspected, self.drawn, self.archive)
        self.tabs = Tabs()
        for name in (tr("体检"), tr("抽查"), tr("年度档案")):
            self.tabs.offer(name)
        self.tabs.setTabVisible(DRAWN, workplace.office)
        inner = column(self.tabs, line("line"), *self._views, gap=0)
        for place in range(len(self._views)):
            inner.setStretch(place + 2, 1)
        card = framed(inner, margins=0)
        inner.setContentsMargins(1, 1, 1, 1)
        card.setMinimumHeight(_LEAST)
        self.setLayout(column(card))
        self.setFocusProxy(self.tabs)
        self.tabs.currentChanged.connect(self._turned)
        for view in self._views:
            view.going.connect(self.going)
        self._show(INSPECTED)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # In large type a list of its own would have room for half a line; then the page scrolls.
        narrow = event.size().width() < theme.wide(_NARROW)
        for lines in (self.inspected.lines, self.drawn.lines):
            lines.show_whole(whole=narrow)

    def _show(self, number: int) -> None:
        for place, view in enumerate(self._views):
            view.setVisible(place == number)

    def _turned(self, number: int) -> None:
        self._show(number)
        self.refresh()

    def refresh(self) -> None:
        """Read the register again for the view in front."""
        self._views[max(self.tabs.currentIndex(), INSPECTED)].refresh()
