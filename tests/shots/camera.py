"""A window in one scaling, type size and scheme, and the pictures taken of it."""

import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from faults import faults
from PySide6.QtCore import QEventLoop, QPoint, QRect, QTimer
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QMessageBox, QScrollArea, QWidget
from sightings import Sightings

from mediation_desk.ui import app, theme
from mediation_desk.ui.window import DeskWindow

PIXELS = (1366, 768)
# So much of a page stays in sight when the next picture goes on below.
_OVERLAP = 30
_SHADE = QColor(0, 0, 0, 70)


@dataclass(frozen=True, slots=True)
class Variant:
    """How the window is shown: scaling, type size and scheme; its name is that of its folder."""

    scale: str
    size: str
    scheme: str

    @property
    def name(self) -> str:
        return f"{round(float(self.scale) * 100)}-{self.size}-{self.scheme}"

    def looks(self) -> theme.Looks:
        return theme.Looks(theme.Scheme[self.scheme.upper()], theme.TypeSize[self.size.upper()])


class Camera:
    """Shows windows in one variant and takes their pictures."""

    def __init__(self, variant: Variant, out: Path) -> None:
        self._application = QApplication(sys.argv[:1])
        app.dress(self._application)
        theme.wear(variant.looks())
        self._scale = float(variant.scale)
        self._out = out
        self.names: Counter[str] = Counter()
        self.seen = Sightings()
        self.faults: dict[str, str] = {}

    @property
    def twice(self) -> list[str]:
        """Pictures that were overwritten by another one of their name, so that nobody sees them."""
        return [name for name, count in self.names.items() if count > 1]

    def wait(self, milliseconds: int = 120) -> None:
        loop = QEventLoop()
        QTimer.singleShot(milliseconds, loop.quit)
        loop.exec()

    @contextmanager
    def window(self, folder: Path) -> Iterator[DeskWindow]:
        made = DeskWindow(folder)
        made.resize(*(int(side / self._scale) for side in PIXELS))
        made.show()
        yield made
        self.settle(made)
        made.put_away()
        made._leaving = True
        made.close()
        made.deleteLater()
        self.wait()

    def settle(self, window: DeskWindow) -> None:
        # What is looked at beside other work is in the picture too, and not that it is looked at.
        while window.jobs.running or window.jobs._beside:
            self.wait(20)

    def take(self, window: DeskWindow, name: str, *, settled: bool = True) -> None:
        """The window as it stands, once running work has ended unless not `settled`."""
        if settled:
            self.settle(window)
            self.wait()
        else:
            self.wait(10)
        self._keep(self._whole(window, name), name)

    def take_through(self, window: DeskWindow, view: QScrollArea, name: str) -> None:
        """The window with `view` scrolled from its top to its end, a picture for each screen."""
        self.settle(window)
        self.wait()
        bar = view.verticalScrollBar()
        bar.setValue(0)
        self.take(window, name)
        number = 1
        while bar.value() < bar.maximum():
            number += 1
            bar.setValue(bar.value() + max(view.viewport().height() - _OVERLAP, _OVERLAP))
            self.take(window, f"{name}-{number}")

    def take_page(self, window: DeskWindow, name: str) -> None:
        """The whole of a page: where it is higher than the window, a picture for each screen."""
        self.settle(window)
        self.wait()
        views = [view for view in window.findChildren(QScrollArea) if view.isVisible()]
        views = [view for view in views if view.verticalScrollBar().maximum()]
        # A list within a page that scrolls is seen when the page is scrolled through.
        views = [
            view
            for view in views
            if not any(one.isAncestorOf(view) for one in views if one is not view)
        ]
        if views:
            highest = max(views, key=QScrollArea.height)
            self.take_through(window, highest, name)
            highest.verticalScrollBar().setValue(0)
        else:
            self.take(window, name)

    def take_over(self, window: DeskWindow, part: QWidget, name: str) -> None:
        """A question, menu or other window of its own, and what lies behind it."""
        self.wait()
        picture = self._whole(window, name)
        self.seen.note(part)
        self._judge(part, name)
        place = QRect(window.mapFromGlobal(part.mapToGlobal(QPoint())), part.size())
        if part.isModal():
            # Where it comes to stand depends on the system's frame, which is not in the picture.
            place.moveCenter(window.rect().center())
        else:
            # A screen larger than the window lets a menu hang over its edge.
            place.moveBottom(min(place.bottom(), window.height() - 1))
            place.moveTop(max(place.top(), 0))
        room = window.rect()
        assert part.width() <= room.width(), (name, place, room)
        assert not part.isModal() or part.height() <= room.height(), (name, place, room)
        painter = QPainter(picture)
        painter.fillRect(window.rect(), _SHADE)
        painter.drawPixmap(place.topLeft(), part.grab())
        painter.end()
        self._keep(picture, name)

    def question(self, window: DeskWindow, name: str) -> None:
        """What is asked or told just now in a window of its own, which is closed then."""
        self.settle(window)
        self.wait()
        (asked,) = (box for box in window.findChildren(QMessageBox) if box.isVisible())
        self.take_over(window, asked, name)
        asked.close()
        self.wait()

    def _whole(self, window: DeskWindow, name: str) -> QPixmap:
        self.seen.note(window)
        self._judge(window, name)
        picture = window.grab()
        for side, wanted in zip(picture.size().toTuple(), PIXELS, strict=True):
            # A page that needs more than the screen has would make the window larger.
            assert wanted - 2 <= side <= wanted, (name, picture.size())
        return picture

    def _judge(self, shown: QWidget, name: str) -> None:
        """Remember each fault with the first picture that shows it."""
        for fault in faults(shown):
            self.faults.setdefault(fault, name)

    def _keep(self, picture: QPixmap, name: str) -> None:
        assert picture.save(str(self._out / f"{name}.png"))
        self.names[name] += 1
