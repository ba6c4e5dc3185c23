"""The bar over a quarter's claims: which quarter, which unit, how far, and the next step."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from mediation_desk.desk.claim_overview import Overview
from mediation_desk.domain.allowance import Claim, ClaimState, quarter_before, quarter_of
from mediation_desk.domain.claim_sheet import claim_title, state_words
from mediation_desk.domain.money import yuan
from mediation_desk.domain.organisation import Unit
from mediation_desk.domain.periods import quarter
from mediation_desk.ui.editors import ChoiceEditor
from mediation_desk.ui.flow import FlowLayout
from mediation_desk.ui.pages.allowance_columns import STATES
from mediation_desk.ui.period_picker import PeriodPicker
from mediation_desk.ui.theme import Tone
from mediation_desk.ui.widgets import Chip, button, clear, column, look, row, words
from mediation_desk.ui.workplace import Workplace, today
from mediation_desk.words import tr

_QUARTERLY = 1

MAKE, CLAIM, DISCARD, WITHDRAW = "make", "claim", "discard", "withdraw"
GRANT, REPORT, PAY, BACK, OUT = "grant", "report", "pay", "back", "out"
HISTORY = "history"
_ONWARD = frozenset((MAKE, CLAIM, GRANT, REPORT, PAY))


class AllowanceBar(QWidget):
    """Tells which quarter and unit are wanted and which step is to be taken."""

    changed = Signal()
    acted = Signal(str)

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self._workplace = workplace
        before = quarter(*quarter_before(*quarter_of(today())))
        self.picker = PeriodPicker(before.first, kind=_QUARTERLY, fixed=True)
        self.unit = ChoiceEditor((), optional=False)
        self._units: tuple[Unit, ...] = ()
        self.form = ChoiceEditor((), optional=False)
        self._unit_place, self._form_place = QWidget(), QWidget()
        self._unit_place.setLayout(column(self.unit))
        self._form_place.setLayout(column(self.form))
        self._form_place.hide()
        self.chip = Chip()
        self.totals = words("", "sub", wrap=True)
        self.buttons = {name: self._button(name, text, look_) for name, text, look_ in _BUTTONS}
        # As high as what stands beside it, so that the state is in the middle of its line.
        state = QWidget()
        state.setLayout(row(self.chip, None))
        state.setMinimumHeight(self.picker.sizeHint().height())
        top = FlowLayout(gap=10)
        parts = (self.picker, self._unit_place, self._form_place, state, *self.buttons.values())
        for part in parts:
            top.addWidget(part)
        self.setLayout(column(top, self.totals, gap=8))
        self.picker.changed.connect(self._moved)
        self._unit_place.setVisible(workplace.office)

    def _button(self, name: str, text: str, look_: str) -> QPushButton:
        made = button(text, name=look_)
        made.setProperty("act", name)
        # Until the register was read nobody knows which of them can be done.
        made.hide()
        made.clicked.connect(self._clicked)
        return made

    def _clicked(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.acted.emit(str(sender.property("act")))

    def _moved(self) -> None:
        self._form_place.hide()
        self._offer_forms(())
        self.changed.emit()

    def _chosen(self) -> None:
        self.changed.emit()

    @property
    def quarter(self) -> tuple[int, int]:
        """Year and quarter chosen."""
        period = self.picker.period()
        return quarter_of(period.first if period else today())

    @property
    def unit_id(self) -> str:
        """The unit chosen; empty where there is none."""
        if not self._workplace.office:
            own = self._workplace.register.committee
            return own.id if own is not None else ""
        return str(self.unit.value() or "")

    @property
    def claim_id(self) -> str:
        """The claim chosen where a quarter has several."""
        return str(self.form.value() or "") if not self._form_place.isHidden() else ""

    def show_units(self, units: Sequence[Unit]) -> None:
        """Offer these units, keeping the one that is chosen."""
        if self._units == tuple(units):
            return
        before = self.unit_id
        self._units = tuple(units)
        self.unit = _again(self.unit, self._unit_place, [(u.id, u.name) for u in units])
        self.unit.box.setAccessibleName(tr("单位"))
        self.unit.box.setMinimumContentsLength(9)
        self.unit.changed.connect(self._moved)
        ids = [unit.id for unit in units]
        self.unit.show_value(before if before in ids else ids[0] if ids else None)

    def choose_unit(self, unit_id: str) -> None:
        """Turn to a unit."""
        self.unit.show_value(unit_id)
        self._moved()

    def _offer_forms(self, claims: Sequence[Claim], shown: str = "") -> None:
        choices = [(claim.id, claim_title(claim)) for claim in claims]
        self.form = _again(self.form, self._form_place, choices)
        self.form.box.setAccessibleName(tr("申报表"))
        self.form.box.setMinimumContentsLength(16)
        self.form.show_value(shown)
        self.form.changed.connect(self._chosen)
        self._form_place.setVisible(len(claims) > 1)

    def show_overview(self, seen: Overview) -> None:
        """Show how far the claim has come, and what can be done with it."""
        sheet = seen.sheet
        self._offer_forms(seen.claims, sheet.claim.id if sheet else "")
        if sheet is None:
            self.chip.show_state(tr("还没有申报表"), Tone.NEUTRAL)
            count = len(seen.open)
            told = tr("可以申报的有 {count} 件，不能申报的 {others} 件。")
            self.totals.setText(told.format(count=count, others=len(seen.waiting)))
        else:
            self.chip.show_state(state_words(sheet.claim), STATES[sheet.claim.state])
            self.totals.setText(_totals_words(seen))
        self.buttons[MAKE].setText(_make_words(seen))
        wanted = self._wanted(seen)
        # The next step stands out; one back never does.
        onward = next((name for name in wanted[:1] if name in _ONWARD), "")
        for name, made in self.buttons.items():
            made.setVisible(name in wanted)
            look(made, "primary" if name == onward else "")

    def _wanted(self, seen: Overview) -> list[str]:
        """What can be done now, the usual next step first."""
        if seen.no_table and not seen.claims:
            return []
        sheet = seen.sheet
        if sheet is None:
            return [MAKE]
        state, office = sheet.claim.state, self._workplace.office
        steps = {
            ClaimState.DRAFT: [CLAIM, MAKE, DISCARD],
            ClaimState.CLAIMED: [GRANT] if office else [],
            ClaimState.REVIEWED: [REPORT] if office else [],
            ClaimState.REPORTED: [PAY, BACK] if office else [],
            ClaimState.PAID: [BACK] if office else [],
        }[state]
        if state is not ClaimState.DRAFT and seen.open:
            steps = [*steps, MAKE]
        if seen.can_withdraw:
            steps = [*steps, WITHDRAW]
        return [*steps, OUT, HISTORY]


_BUTTONS = (
    (CLAIM, tr("申报 (&J)"), ""),
    (MAKE, tr("生成申报表 (&G)"), ""),
    (GRANT, tr("其余没问题的都同意 (&U)"), ""),
    (REPORT, tr("记为已上报区县 (&J)"), ""),
    (PAY, tr("记为已发放 (&J)"), ""),
    (DISCARD, tr("不要草稿"), ""),
    (WITHDRAW, tr("撤回申报"), ""),
    (BACK, tr("退回上一步"), ""),
    (OUT, tr("导出、打印 (&E)"), ""),
    (HISTORY, tr("经过 (&H)"), ""),
)


def _again(editor: ChoiceEditor, place: QWidget, choices: list[tuple[str, str]]) -> ChoiceEditor:
    """Another editor with these choices in the place of the one before."""
    inside = place.layout()
    assert inside is not None
    editor.hide()
    clear(inside)
    made = ChoiceEditor(choices, optional=False)
    inside.addWidget(made)
    return made


def _make_words(seen: Overview) -> str:
    """What making a form means now: the first one, the same one anew, or a further one."""
    if seen.sheet is None:
        return tr("生成申报表 (&G)")
    draft = seen.sheet.claim.state is ClaimState.DRAFT
    return tr("重新生成 (&G)") if draft else tr("补报一份 (&G)")


def _totals_words(seen: Overview) -> str:
    """What the claim adds up to, and for whom."""
    sheet = seen.sheet
    if sheet is None:
        return ""
    total = sheet.total
    said = tr("{count} 件，申报 {amount} 元").format(
        count=total.cases, amount=yuan(total.amount_fen)
    )
    if sheet.claim.state is not ClaimState.DRAFT:
        said += tr("，同意 {granted} 元").format(granted=yuan(total.granted_fen))
        if sheet.waiting:
            said += tr("，待初审 {count} 件").format(count=sheet.waiting)
    people = [
        tr("{name} {count}件 {amount}元").format(
            name=one.name, count=one.cases, amount=yuan(one.amount_fen)
        )
        for one in sheet.by_mediator()
    ]
    if left := len({row.dispute_id for row in sheet.rows if row.entered_on is None}):
        said += tr("，市级系统待录入 {count} 件").format(count=left)
    return tr("{said}。其中：{people}").format(said=said, people=tr("；").join(people))
