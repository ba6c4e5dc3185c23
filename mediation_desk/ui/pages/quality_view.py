"""How good each unit's reports are, and what to mend or to ask first."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from mediation_desk.desk.quality import UnitQuality, quality
from mediation_desk.domain.finding import DisputeRow
from mediation_desk.domain.periods import Period
from mediation_desk.domain.problems import DeskError, Severity
from mediation_desk.figures.calibre import Calibre
from mediation_desk.store.register import Register
from mediation_desk.ui.going import Go
from mediation_desk.ui.line_list import Line, LineList
from mediation_desk.ui.pages.browse import Behind
from mediation_desk.ui.pages.notice import Notice
from mediation_desk.ui.theme import Tone
from mediation_desk.ui.widgets import PADDING, button, column, line, row, words
from mediation_desk.ui.workplace import Workplace, today
from mediation_desk.words import tr

_NO_UNITS = tr("还没有登记村（社区），没有可以看的。请先在“组织人员”里添加单位。")
_GOOD = tr("近12个月报得按时，案件齐全，没有要问的。")
_OF_SEVERITY = {
    Severity.ERROR: (tr("必须改"), Tone.RED),
    Severity.WARNING: (tr("应补"), Tone.AMBER),
}


@dataclass(frozen=True, slots=True)
class _Cases:
    """The cases that a line is about: what to call them and how to find them."""

    title: str
    find: Callable[[], Sequence[DisputeRow]]


class QualityView(QWidget):
    """All units in a line each; one of them with what to mend first."""

    going = Signal(object)
    # Who has not reported is told, and reminded, in the view of the months.
    months_wanted = Signal()
    # Its lines come later than somebody turns to it.
    come = Signal()

    def __init__(self, workplace: Workplace, notice: Notice) -> None:
        super().__init__()
        self._workplace = workplace
        self._notice = notice
        self._cards: dict[str, UnitQuality] = {}
        self._read_at: tuple[int, object] | None = None
        self._unit_id = ""
        self.back = button(tr("全部单位"), self.show_all, "quiet")
        self._title = words("", "strong")
        self._told = words("", "sub", wrap=True)
        head = row(self._title, None, self.back)
        head.setContentsMargins(PADDING, 6, PADDING, 0)
        self._told.setContentsMargins(PADDING, 2, PADDING, 6)
        self.lines = LineList()
        stack = column(head, self._told, line("line"), self.lines, gap=0)
        stack.setStretch(3, 1)
        self.setLayout(stack)
        self.lines.opened.connect(self._opened)
        self.show_all()

    def refresh(self) -> None:
        """Look at every case of the last year again, on the worker, if anything was written."""
        register = self._workplace.register
        read_at = register.version, today()
        if read_at == self._read_at:
            return
        self._read_at = read_at
        self._workplace.jobs.run(
            partial(quality, register, today()),
            owner=self,
            done=self._show,
            failed=self._failed,
            words=tr("正在看数据质量…"),
        )

    def _show(self, cards: tuple[UnitQuality, ...]) -> None:
        self._cards = {card.unit.id: card for card in cards}
        if self._unit_id in self._cards:
            self.show_unit(self._unit_id)
        else:
            self.show_all()
        self.come.emit()

    def _failed(self, error: DeskError) -> None:
        self._read_at = None
        self._notice.failed(str(error))

    def show_all(self) -> None:
        """Show a line for each unit."""
        self._unit_id = ""
        self.back.hide()
        self._title.setText(tr("近12个月，按受理日期"))
        self._told.setText(tr("齐全：没有必须改、应补的案件。") if self._cards else _NO_UNITS)
        self.lines.show_lines([_unit_line(card) for card in self._cards.values()])

    def show_unit(self, unit_id: str) -> None:
        """Show what is to be mended or asked in one unit, the gravest first."""
        card = self._cards[unit_id]
        self._unit_id = unit_id
        self.back.show()
        self._title.setText(card.unit.name)
        lines = _lines(self._workplace.register, card)
        said = tr("先改上面的。") if lines else _GOOD
        self._told.setText(_standing(card) + said)
        self.lines.show_lines(lines)

    def _opened(self, chosen: Line) -> None:
        what = chosen.what
        if isinstance(what, str):
            self.show_unit(what)
            self.lines.setFocus()
        elif isinstance(what, _Cases):
            self.going.emit(Go("disputes", "behind", what=Behind(what.title, what.find)))
        else:
            self.months_wanted.emit()


def _standing(card: UnitQuality) -> str:
    told = tr("案件齐全 {complete}/{cases}。").format(complete=card.complete, cases=card.cases)
    if card.due:
        told += tr("按时 {in_time}/{due} 个月。").format(in_time=card.in_time, due=card.due)
    return told


def _unit_line(card: UnitQuality) -> Line:
    mends, asked = len(card.mends) + len(card.missing), len(card.questions)
    said, tone = tr("没有要改的"), Tone.GREEN
    if mends:
        said, tone = tr("要改 {count} 项").format(count=mends), Tone.AMBER
    elif asked:
        said, tone = tr("要问 {count} 项").format(count=asked), Tone.BLUE
    return Line(card.unit.name, _standing(card), said, tone, tr("看"), card.unit.id)


def _lines(register: Register, card: UnitQuality) -> list[Line]:
    lines = [
        Line(
            tr("{month}没有报").format(month=month.label()),
            tr("请催报；确实没有纠纷的，报一份零报告。"),
            tr("未报"),
            Tone.RED,
            tr("去催报"),
            month,
        )
        for month in card.missing
    ]
    for mend in card.mends:
        said, tone = _OF_SEVERITY[mend.severity]
        cases = _Cases(
            tr("{unit} · {words}").format(unit=card.unit.name, words=mend.words.rstrip("。")),
            partial(_rows, register, mend.dispute_ids),
        )
        lines.append(Line(mend.words, mend.mend, said, tone, tr("看案件"), cases))
    for asked in card.questions:
        title = tr("{unit} · {month}").format(unit=card.unit.name, month=asked.month.label())
        cases = _Cases(title, partial(_of_month, register, card.unit.id, asked.month))
        head, _stop, question = asked.words.partition("。")
        lines.append(Line(f"{head}。", question, tr("请核实"), Tone.BLUE, tr("看案件"), cases))
    return lines


def _rows(register: Register, dispute_ids: Sequence[str]) -> Sequence[DisputeRow]:
    return register.rows_at(register.places_of(dispute_ids))


def _of_month(register: Register, unit_id: str, month: Period) -> Sequence[DisputeRow]:
    return register.rows_at(register.places_behind(Calibre(month), None, (unit_id,)))
