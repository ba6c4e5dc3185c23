"""The bar over the list of disputes: search, filters, taking the list away, a new dispute."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from mediation_desk.domain.finding import Find, Wanted
from mediation_desk.ui import theme
from mediation_desk.ui.pages.browse_filters import FrontFilters, beyond
from mediation_desk.ui.search_box import SearchBox
from mediation_desk.ui.tabbing import chain
from mediation_desk.ui.widgets import button, column, row
from mediation_desk.ui.workplace import Workplace, today
from mediation_desk.words import tr

if TYPE_CHECKING:
    from mediation_desk.desk.listing_out import Taking
    from mediation_desk.ui.pages.browse_filters import MoreFilters
    from mediation_desk.ui.pages.browse_out import OutLine
    from mediation_desk.ui.pages.browse_saved import NameLine
    from mediation_desk.ui.pages.notice import Notice

# What the search must at least be wide, so that a name and what was found of it can be read.
_SEARCH = 210
# What it gives way to in large type on a small screen.
_LEAST = 150
_GAP = 8


class BrowseBar(QWidget):
    """Holds what is asked of the list, and tells when it changes.

    What opens on request is made when it is first wanted; the start has no time for it.
    """

    changed = Signal()
    register_wanted = Signal()
    out_wanted = Signal()

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self._workplace = workplace
        self._more: MoreFilters | None = None
        self._naming: NameLine | None = None
        self._out_line: OutLine | None = None
        self._notice: Notice | None = None
        self._folded: bool | None = None
        self.search = SearchBox()
        self.search.hint(
            tr("找姓名、编号、内容或拼音 (Ctrl+F)"),
            tr("找姓名、编号、内容或拼音"),
            tr("找姓名、编号"),
            tr("找纠纷"),
        )
        self.search.setMinimumWidth(_LEAST)
        self.front = FrontFilters(workplace)
        self.front.changed.connect(self._changed)
        self.turn = button(tr("更多 (&U)"), tip=tr("按调解员、等级、逾期筛选，排序，常用筛选"))
        self.turn.setCheckable(True)
        self.turn.toggled.connect(self._turned)
        self.out = button(tr("导出结果 (&C)"), self.out_wanted.emit, tip=tr("导出 Excel 或打印"))
        self.new = button(tr("登记纠纷 (&N)"), self.register_wanted.emit, "primary", keys="Ctrl+N")
        if workplace.reads:
            # What a reader would only be refused is not offered.
            self.new.hide()
            self.out.hide()
        self._top = row(self.search, self.front, self.turn, self.out, self.new, gap=_GAP)
        self._top.setStretch(0, 1)
        self._below = column(gap=_GAP)
        self._page = column(self._top, self._below, gap=_GAP)
        self.setLayout(self._page)

    # What is asked

    @property
    def asked(self) -> Wanted:
        """What search and filters ask for."""
        asked = self.front.narrowed(Wanted(text=self.search.text().strip()))
        return self._more.narrowed(asked) if self._more else asked

    def show_wanted(self, asked: Wanted) -> None:
        """Set search and filters without telling anybody."""
        with QSignalBlocker(self.search):
            self.search.setText(asked.text)
        self.front.show_wanted(asked)
        if self._more is None and beyond(asked):
            # What narrows the list must be seen.
            self.turn.setChecked(True)
        if self._more is not None:
            self._more.show_wanted(asked)
        self._tell()

    def refresh(self) -> None:
        """Offer the types, units and mediators that the register knows by now."""
        self.front.refresh()
        if self._more is not None:
            self._more.refresh()

    def told(self, *, openly: bool) -> str:
        """In words what is asked for; typed text may be a name, told only `openly`."""
        text = self.asked.text
        parts = [tr("含“{text}”").format(text=text) if openly else tr("按文字查找")] if text else []
        parts += self.front.words()
        if self._more is not None:
            parts += self._more.words()
        return tr("、").join(parts)

    def _changed(self) -> None:
        self._tell()
        self.changed.emit()

    def _tell(self) -> None:
        """Say on the button how many of the filters behind it are set."""
        count = len(self._more.words()) if self._more else 0
        if self._folded:
            count += len(self.front.words())
        name = tr("筛选") if self._folded else tr("更多")
        arrow = "▴" if self.turn.isChecked() else "▾"
        named = f"{name} {count}" if count else name
        self.turn.setText(f"{named} (&U) {arrow}")

    # What opens on request

    def _turned(self, on: bool) -> None:  # noqa: FBT001 - the signal's own signature
        if on and self._more is None:
            self._more = self._made_more()
            self._below.insertWidget(1 if self._folded else 0, self._more)
            chain((self.turn, *self._more.parts))
        if self._more is not None:
            self._more.setVisible(on)
        self.front.setVisible(on or not self._folded)
        self._tell()

    def _made_more(self) -> "MoreFilters":
        from mediation_desk.ui.pages.browse_filters import MoreFilters  # noqa: PLC0415 - see above
        from mediation_desk.ui.pages.browse_saved import SavedMenu  # noqa: PLC0415

        made = MoreFilters(self._workplace)
        saved = SavedMenu(self._workplace.register)
        saved.chosen.connect(self._saved_chosen)
        saved.keep_wanted.connect(self._ask_name)
        made.add(saved)
        made.changed.connect(self._changed)
        return made

    def _saved_chosen(self, asked: Wanted) -> None:
        self.show_wanted(asked)
        self.changed.emit()

    def _ask_name(self) -> None:
        from mediation_desk.ui.pages.browse_saved import NameLine  # noqa: PLC0415 - see above

        if self._naming is None:
            self._naming = NameLine()
            self._naming.named.connect(self._named)
            self._below.addWidget(self._naming)
            chain((self.turn, *self._naming.parts))
        if self._folded:
            # Both would leave no room for the list itself.
            self.turn.setChecked(False)
        self._naming.ask(self.told(openly=True) or tr("全部纠纷"))

    def _named(self, name: str) -> None:
        from mediation_desk.desk.saved_finds import keep_find  # noqa: PLC0415 - see above

        keep_find(self._workplace.register, name, self.asked)
        words = tr("已存为常用筛选“{name}”，在“{more}”里的“常用筛选”可以再用。")
        more = tr("筛选") if self._folded else tr("更多")
        self._noticed().done(words.format(name=name, more=more))

    def _noticed(self) -> "Notice":
        from mediation_desk.ui.pages.notice import Notice  # noqa: PLC0415 - see above

        if self._notice is None:
            self._notice = Notice()
            self._below.addWidget(self._notice)
        return self._notice

    def ask_out(self, found: str, find: Find) -> None:
        """Offer to take away what `find` finds."""
        from mediation_desk.desk.listing_out import Taking  # noqa: PLC0415 - see above

        taking = Taking(self._workplace.actor, today(), find, told=self.told(openly=False))
        self._ask_out(found, taking, self.told(openly=True))

    def ask_out_behind(self, found: str, ids: tuple[str, ...], title: str) -> None:
        """Offer to take away the disputes behind a number."""
        from mediation_desk.desk.listing_out import Taking  # noqa: PLC0415 - see above

        taking = Taking(self._workplace.actor, today(), ids=ids, told=title)
        self._ask_out(found, taking, title)

    def _ask_out(self, found: str, taking: "Taking", openly: str) -> None:
        from mediation_desk.ui.pages.browse_out import OutLine  # noqa: PLC0415 - see above

        if self._out_line is None:
            self._out_line = OutLine(self._workplace, self._noticed())
            self._out_line.ended.connect(self.out.setFocus)
            self._below.addWidget(self._out_line)
            chain((self.out, *self._out_line.parts))
        self._noticed().hide()
        if self._folded:
            # Both would leave no room for the list itself.
            self.turn.setChecked(False)
        told = tr("导出或打印列出的 {found}").format(found=found)
        self._out_line.ask(told, taking, openly)

    # Folding

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        others = (self.front, self.turn, self.out, self.new)
        needed = sum(part.sizeHint().width() + _GAP for part in others)
        self._fold(folded=event.size().width() < theme.wide(_SEARCH) + needed)

    def _fold(self, *, folded: bool) -> None:
        if folded == self._folded:
            return
        self._folded = folded
        if folded:
            self._below.insertWidget(0, self.front)
        else:
            self._top.insertWidget(1, self.front)
        self.front.setVisible(self.turn.isChecked() or not folded)
        self._tell()
