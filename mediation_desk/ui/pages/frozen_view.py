"""已报报表: what was exported, printed or sent, and whether the register still says the same."""

from functools import partial
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from mediation_desk.desk import frozen
from mediation_desk.desk.adjusting import Adjustment
from mediation_desk.desk.frozen import Kept
from mediation_desk.domain.problems import DeskError
from mediation_desk.store.register import Register
from mediation_desk.ui.in_view import bring_into_view
from mediation_desk.ui.line_list import Line, LineList
from mediation_desk.ui.pages.frozen_card import FrozenCard
from mediation_desk.ui.pages.notice import Notice
from mediation_desk.ui.theme import Tone
from mediation_desk.ui.widgets import column, framed, words
from mediation_desk.ui.workplace import Workplace
from mediation_desk.words import tr

_NOTHING = tr("还没有已报报表。在“表格”里导出或打印统计表时，会自动冻结一份，列在这里。")
_ABOUT = tr(
    "导出、打印过的统计表都冻结在这里，数字不再变。登记簿以后有改动的，另列为调整，写明哪一件、谁、为什么。"
)


class _Compared(NamedTuple):
    """A report beside the register of one version: what changed, which cases can be opened."""

    version: int
    found: tuple[Adjustment, ...]
    there: frozenset[str]


class FrozenView(QWidget):
    """Lists the frozen reports, the newest first, and opens them."""

    going = Signal(object)

    def __init__(self, workplace: Workplace, notice: Notice) -> None:
        super().__init__()
        self._workplace, self._notice = workplace, notice
        self.kept: list[Kept] = []
        self._compared: dict[str, _Compared] = {}
        self._comparing = self._wanted = ""
        self.lines = LineList()
        self.lines.show_whole(whole=True)
        self._nothing = words(_NOTHING, wrap=True)
        self._nothing.hide()
        about = words(_ABOUT, "sub", wrap=True)
        listed = column(about, self._nothing, self.lines, gap=8)
        self._list = framed(listed)
        self.card = FrozenCard(workplace, notice)
        self.card.hide()
        self.setLayout(column(self._list, self.card, None, gap=12))
        self.lines.opened.connect(self._opened)
        self.card.given_up.connect(self.close_card)
        self.card.going.connect(self.going)
        self.card.used.connect(self.refresh)

    def fold(self, *, narrow: bool) -> None:
        """Stand in one column, as always."""

    def show_nothing(self, said: str) -> None:
        """Stand still, whatever period is chosen elsewhere."""

    def refresh(self) -> None:
        """Read the list, and compare what was not compared with the register as it stands."""
        self._workplace.jobs.run_beside(
            partial(frozen.reports, self._workplace.register),
            owner=self,
            done=self._show,
            failed=self._failed,
        )

    def _show(self, kept: list[Kept]) -> None:
        self.kept = kept
        self._nothing.setVisible(not kept)
        self.lines.setVisible(bool(kept))
        self._tell()
        self._compare_next()

    def _tell(self) -> None:
        self.lines.show_lines([self._line(entry) for entry in self.kept])

    def _line(self, kept: Kept) -> Line:
        report = kept.report
        period = frozen.calibre_in(report).period.label()
        parts = [
            tr("第{number}号").format(number=report.number),
            tr("{on} {by}冻结").format(on=report.frozen_on, by=report.frozen_by),
            kept.state,
        ]
        if kept.sent is not None and kept.sent.receiver:
            parts.append(kept.sent.receiver)
        said, tone = self._state(report.id)
        # The period first: it tells reports of one table apart where the line is cut short.
        about = tr("{period} · {title}").format(title=report.title, period=period)
        return Line(about, tr(" · ").join(parts), said, tone, tr("打开"), report.id)

    def _state(self, report_id: str) -> tuple[str, Tone]:
        told = self._compared.get(report_id)
        if told is None:
            return tr("待核对"), Tone.NEUTRAL
        if not told.found:
            return tr("一致"), Tone.GREEN
        return tr("有调整{count}处").format(count=len(told.found)), Tone.AMBER

    # Comparing with the register as it stands: one report after the other, the open one first

    def _compare_next(self) -> None:
        if self._comparing:
            return
        version = self._workplace.register.version
        behind = [
            entry
            for entry in self.kept
            if (told := self._compared.get(entry.report.id)) is None or told.version != version
        ]
        if not behind:
            return
        chosen = next((one for one in behind if one.report.id == self._wanted), behind[0])
        self._comparing = chosen.report.id
        self._workplace.jobs.run_beside(
            partial(_compare, self._workplace.register, chosen),
            owner=self,
            done=partial(self._told, chosen.report.id),
            failed=self._failed,
        )

    def _told(self, report_id: str, compared: _Compared) -> None:
        self._comparing = ""
        self._compared[report_id] = compared
        self._tell()
        if report_id == self._wanted:
            self.card.show_adjustments(compared.found, compared.there)
        self._compare_next()

    def _failed(self, error: DeskError) -> None:
        self._comparing = ""
        self._notice.failed(str(error))

    # Opening one

    def _opened(self, line: Line) -> None:
        self.open_report(str(line.what))

    def open_report(self, report_id: str) -> None:
        """Show a report of the list in its place."""
        kept = next((entry for entry in self.kept if entry.report.id == report_id), None)
        if kept is None:
            return
        self._notice.hide()
        self._wanted = report_id
        self.card.show_report(kept)
        if (told := self._compared.get(report_id)) is not None:
            self.card.show_adjustments(told.found, told.there)
        self._list.hide()
        self.card.show()
        self.card.back.setFocus()
        bring_into_view(self.card.back)

    def close_card(self) -> None:
        """Go back to the list."""
        self._wanted = ""
        self.card.hide()
        self._list.show()
        self.lines.setFocus()


def _compare(register: Register, kept: Kept) -> _Compared:
    version = register.version
    found = tuple(frozen.adjustments(register, kept.report))
    rows = register.rows_at(register.places_of([entry.dispute_id for entry in found]))
    return _Compared(version, found, frozenset(row.dispute.id for row in rows))
