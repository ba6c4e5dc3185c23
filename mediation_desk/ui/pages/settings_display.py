"""How large the type is and in which colours everything is shown, on this computer."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget

from mediation_desk.ui import theme
from mediation_desk.ui.flow import FlowLayout
from mediation_desk.ui.theme import Looks, Scheme, TypeSize
from mediation_desk.ui.widgets import PADDING, button, column, scrolled, words
from mediation_desk.ui.workplace import Workplace
from mediation_desk.words import tr

_SIZES = (
    (TypeSize.STANDARD, tr("标准（11号）")),
    (TypeSize.LARGE, tr("大字（14号）")),
    (TypeSize.HUGE, tr("特大字（18号）")),
)
_SCHEMES = (
    (Scheme.SYSTEM, tr("跟随系统")),
    (Scheme.LIGHT, tr("浅色")),
    (Scheme.DARK, tr("深色")),
    (Scheme.CONTRAST, tr("高对比（白底黑字）")),
)


class DisplayPart(QWidget):
    """Two rows of choices; a choice takes effect at once."""

    looks_chosen = Signal(object)

    def __init__(self, _workplace: Workplace) -> None:
        super().__init__()
        self._sizes = QButtonGroup(self)
        self._schemes = QButtonGroup(self)
        self.sizes = self._choices(self._sizes, [label for _size, label in _SIZES])
        self.schemes = self._choices(self._schemes, [label for _scheme, label in _SCHEMES])
        for made, (size, _label) in zip(self.sizes, _SIZES, strict=True):
            # Each is written in its own size, so that one sees before choosing.
            made.setStyleSheet(f"font-size: {size.value}pt")
        told = tr("选好后马上改变，以后每次打开都这样。字大了放不下的页面可以滚动。")
        page = column(
            words(tr("字号"), "heading"),
            self._flow(self.sizes),
            10,
            words(tr("颜色"), "heading"),
            self._flow(self.schemes),
            10,
            words(told, "sub", wrap=True),
            None,
            gap=8,
        )
        page.setContentsMargins(PADDING, 14, PADDING, 14)
        self.setLayout(column(scrolled(page, PADDING)))
        self._sizes.idClicked.connect(self._chosen)
        self._schemes.idClicked.connect(self._chosen)
        self.refresh()

    def _choices(self, group: QButtonGroup, labels: Sequence[str]) -> list[QPushButton]:
        made = []
        for number, label in enumerate(labels):
            choice = button(label, name="choice")
            choice.setCheckable(True)
            group.addButton(choice, number)
            made.append(choice)
        return made

    def _flow(self, choices: Sequence[QPushButton]) -> QWidget:
        frame = QWidget()
        frame.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        flow = FlowLayout(frame, gap=10)
        for choice in choices:
            flow.addWidget(choice)
        return frame

    def refresh(self) -> None:
        """Show what is chosen."""
        looks = theme.looks()
        for (size, _label), made in zip(_SIZES, self.sizes, strict=True):
            made.setChecked(size is looks.size)
        for (scheme, _label), made in zip(_SCHEMES, self.schemes, strict=True):
            made.setChecked(scheme is looks.scheme)

    def _chosen(self, _number: int) -> None:
        scheme = _SCHEMES[self._schemes.checkedId()][0]
        self.looks_chosen.emit(Looks(scheme, _SIZES[self._sizes.checkedId()][0]))
