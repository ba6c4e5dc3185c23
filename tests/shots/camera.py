"""A window in one scaling, type size and scheme, and the pictures taken of it."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from mediation_desk.ui import app, theme
from mediation_desk.ui.window import DeskWindow

PIXELS = (1366, 768)


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
        self.taken = 0

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
        while window.jobs.running:
            self.wait(20)

    def take(self, window: DeskWindow, name: str) -> None:
        self.settle(window)
        self.wait()
        picture = window.grab()
        for side, wanted in zip(picture.size().toTuple(), PIXELS, strict=True):
            # A page that needs more than the screen has would make the window larger.
            assert wanted - 2 <= side <= wanted, (name, picture.size())
        self._keep(picture, name)

    def take_part(self, part: QWidget, name: str) -> None:
        """A dialog or another window of its own."""
        self.wait()
        self._keep(part.grab(), name)

    def _keep(self, picture: object, name: str) -> None:
        assert picture.save(str(self._out / f"{name}.png"))  # type: ignore[attr-defined]
        self.taken += 1
