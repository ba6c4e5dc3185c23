"""What the list of disputes is narrowed by: filters in front, and those that open on request."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, cast

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QWidget

from mediation_desk.domain.codes import CaseStatus, Code, Outcome, RiskLevel
from mediation_desk.domain.finding import Order, Span, Wanted
from mediation_desk.domain.organisation import Mediator
from mediation_desk.domain.risk_levels import level_words
from mediation_desk.store.pinyin import sorting_key
from mediation_desk.ui.editors import Choices
from mediation_desk.ui.flow import FlowLayout
from mediation_desk.ui.picking import PickButton
from mediation_desk.ui.widgets import row
from mediation_desk.ui.workplace import Workplace
from mediation_desk.words import tr

_NARROW, _WIDE, _WIDEST = 112, 134, 182
_GAP = 8


def _coded(first: str, codes: Iterable[Code]) -> Choices:
    return [(None, first), *((code, tr(code.label)) for code in codes)]


def _states() -> Choices:
    open_states = (CaseStatus.REGISTERED, CaseStatus.ACCEPTED, CaseStatus.MEDIATING)
    return _coded(tr("全部状态"), (*open_states, *Outcome))


def _show(box: PickButton, value: Any, nothing: Any) -> None:
    """Choose `value`; one that is no longer offered narrows nothing."""
    try:
        box.show_value(value)
    except StopIteration:
        box.show_value(nothing)


class FrontFilters(QWidget):
    """Type, state and time: what is asked for most."""

    changed = Signal()

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self._workplace = workplace
        self.type = PickButton(self._types(), tr("类型"), _NARROW, named=True)
        self.state = PickButton(_states(), tr("状态"), _NARROW, named=True)
        self.span = PickButton(_coded(tr("全部时间"), Span), tr("时间"), _NARROW, named=True)
        self.setLayout(row(*self.boxes, None, gap=_GAP))
        for box in self.boxes:
            box.changed.connect(self.changed)

    @property
    def boxes(self) -> tuple[PickButton, ...]:
        """The filters in their order."""
        return self.type, self.state, self.span

    def _types(self) -> Choices:
        types = self._workplace.register.types
        return [("", tr("全部类型")), *((code, types.label(code)) for code in types.codes())]

    def refresh(self) -> None:
        """Offer the types that the register knows by now."""
        self.type.offer(self._types())

    def narrowed(self, asked: Wanted) -> Wanted:
        """`asked` with what these filters ask for."""
        state = self.state.value()
        return replace(
            asked,
            type=self.type.value(),
            status=state if isinstance(state, CaseStatus) else None,
            outcome=state if isinstance(state, Outcome) else None,
            span=self.span.value(),
        )

    def show_wanted(self, asked: Wanted) -> None:
        """Set the filters without telling anybody."""
        _show(self.type, asked.type, "")
        _show(self.state, asked.status or asked.outcome, None)
        _show(self.span, asked.span, None)

    def words(self) -> list[str]:
        """What narrows the list, in words."""
        return [box.words() for box in self.boxes if box.value()]


class MoreFilters(QFrame):
    """Unit, mediator, level, what is overdue, and the order."""

    changed = Signal()

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self._workplace = workplace
        self.unit = PickButton(self._units(), tr("单位"), _WIDE, named=True)
        self.mediator = PickButton(self._mediators(), tr("调解员"), _WIDE, named=True)
        # As the place calls them; one left out of use may still stand in old disputes.
        settings = workplace.register.settings
        levels = [(level, level_words(level, settings)) for level in RiskLevel]
        every = [(None, tr("全部等级")), *levels]
        self.level = PickButton(every, tr("等级"), _NARROW, named=True)
        self.overdue = QCheckBox(tr("逾期 (&I)"))
        self.overdue.setToolTip(tr("超过调解期限，协议到期没有履行，或移送、委托到期没有答复"))
        orders = [(order, tr(order.label)) for order in Order]
        self.order = PickButton(orders, tr("排序"), _WIDEST, led=True)
        self._line = FlowLayout(self, _GAP)
        self.parts: tuple[QWidget, ...] = (
            self.unit, self.mediator, self.level, self.overdue, self.order,
        )  # fmt: skip
        for box in self.parts:
            self._line.addWidget(box)
        self.unit.setVisible(workplace.office)
        for pick in (self.unit, self.mediator, self.level, self.order):
            pick.changed.connect(self.changed)
        self.overdue.toggled.connect(self.changed)

    def add(self, widget: QWidget) -> None:
        """Put something at the end of the line."""
        self._line.addWidget(widget)
        self.parts = (*self.parts, widget)

    def _units(self) -> Choices:
        units = self._workplace.register.units()
        return [("", tr("全部单位")), *((unit.id, unit.name) for unit in units)]

    def _mediators(self) -> Choices:
        register, office = self._workplace.register, self._workplace.office
        units = {unit.id: unit.name for unit in register.units()}
        found = cast(list[Mediator], register.all("mediator"))
        told = [(units.get(e.unit_id, "") if office else "", e) for e in found]
        told.sort(key=lambda pair: (pair[0], sorting_key(pair[1].name), pair[1].id))
        first = ("", tr("全部调解员"))
        return [first, *((entry.id, f"{entry.name} {unit}".rstrip()) for unit, entry in told)]

    def refresh(self) -> None:
        """Offer the units and mediators that the register knows by now."""
        self.unit.offer(self._units())
        self.mediator.offer(self._mediators())

    def narrowed(self, asked: Wanted) -> Wanted:
        """`asked` with what these filters ask for."""
        return replace(
            asked,
            unit_id=self.unit.value(),
            mediator_id=self.mediator.value(),
            level=self.level.value(),
            overdue=self.overdue.isChecked(),
            order=self.order.value(),
        )

    def show_wanted(self, asked: Wanted) -> None:
        """Set the filters without telling anybody."""
        _show(self.unit, asked.unit_id, "")
        _show(self.mediator, asked.mediator_id, "")
        _show(self.level, asked.level, None)
        _show(self.order, asked.order, Order.NEWEST)
        with QSignalBlocker(self.overdue):
            self.overdue.setChecked(asked.overdue)

    def words(self) -> list[str]:
        """What narrows the list and its order, in words."""
        told = [box.words() for box in (self.unit, self.mediator, self.level) if box.value()]
        if self.overdue.isChecked():
            told.append(tr("逾期"))
        if self.order.value() is not Order.NEWEST:
            told.append(tr("按{order}排列").format(order=self.order.words()))
        return told


def beyond(asked: Wanted) -> bool:
    """Whether `asked` says something that the filters in front do not show."""
    shown = {"text": "", "type": "", "status": None, "outcome": None, "span": None}
    return replace(asked, **shown) != Wanted()  # type: ignore[arg-type]
