"""Where the package goes: a stick that is plugged in, the desktop, or a folder to be named."""

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from mediation_desk.desk import carrying
from mediation_desk.desk.carrying import Place
from mediation_desk.domain.problems import DeskError
from mediation_desk.ui.flow import FlowLayout
from mediation_desk.ui.picking import PickButton
from mediation_desk.ui.widgets import words
from mediation_desk.ui.workplace import Workplace
from mediation_desk.words import tr

# So often it is looked whether a stick was plugged in or pulled out.
_LOOK_MS = 3_000
_WIDTH = 270


class PlacePick(QWidget):
    """Offers the places there are; a stick that is plugged in now is chosen at once."""

    changed = Signal()

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self._workplace = workplace
        self._sticks: list[Place] = []
        self._looked = True
        self.pick = PickButton(_choices(()), tr("文件放到哪里"), _WIDTH)
        self.pick.changed.connect(self.changed)
        line = FlowLayout(self, gap=8)
        label = words(tr("放到"), "strong")
        label.setFixedHeight(self.pick.sizeHint().height())
        line.addWidget(label)
        line.addWidget(self.pick)
        self._looking = QTimer(self)
        self._looking.setInterval(_LOOK_MS)
        self._looking.timeout.connect(self.look)

    def value(self) -> Place | None:
        """The chosen place; None for a folder that is still to be named."""
        chosen: Place | None = self.pick.value()
        return chosen

    def ask_for_a_folder(self) -> None:
        """Choose that the folder is to be named."""
        self.pick.show_value(None)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.look()
        self._looking.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._looking.stop()

    def look(self) -> None:
        """See what is plugged in; an old card reader may take its time to answer."""
        if self._looked:
            self._looked = False
            self._workplace.jobs.run_beside(
                carrying.sticks, owner=self, done=self.show_sticks, failed=self._not_seen
            )

    def show_sticks(self, sticks: list[Place]) -> None:
        """Offer these; one that was not there before is chosen."""
        self._looked = True
        if sticks == self._sticks:
            return
        new = [stick for stick in sticks if stick not in self._sticks]
        self._sticks = sticks
        self.pick.offer(_choices(sticks))
        if new:
            self.pick.show_value(new[0])
        self.changed.emit()

    def _not_seen(self, _error: DeskError) -> None:
        self._looked = True


def _choices(sticks: Sequence[Place]) -> list[tuple[Place | None, str]]:
    places = [*sticks, carrying.desktop()]
    named: list[tuple[Place | None, str]] = [(place, place.name) for place in places]
    return [*named, (None, tr("别的文件夹…"))]
