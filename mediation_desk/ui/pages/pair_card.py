"""Two entries that may be one dispute, line by line beside each other."""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from mediation_desk.desk.duplicates import Pair
from mediation_desk.domain.casefile import CaseFile, sides
from mediation_desk.domain.money import yuan
from mediation_desk.ui.editors import ChoiceEditor
from mediation_desk.ui.widgets import column, line, row, words
from mediation_desk.ui.workplace import Workplace
from mediation_desk.words import tr

Told = tuple[str, str, str]


class PairCard(QWidget):
    """Shows a pair, and which of the two is to count if they are one."""

    def __init__(self, workplace: Workplace, pair: Pair) -> None:
        super().__init__()
        self.pair = pair
        register = workplace.register
        cases = register.case(pair.first.dispute.id), register.case(pair.second.dispute.id)
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(7)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        for number, (label, one, other) in enumerate(_lines(workplace, pair, *cases)):
            name = words(label, "field")
            name.setAlignment(Qt.AlignmentFlag.AlignTop)
            grid.addWidget(name, number, 0)
            same = one == other
            grid.addWidget(_said(one, same=same), number, 1)
            grid.addWidget(_said(other, same=same), number, 2)
        counts = [
            (
                row_.dispute.id,
                tr("{number}（{unit}）").format(number=row_.number, unit=row_.unit_name),
            )
            for row_ in (pair.first, pair.second)
        ]
        self.main = ChoiceEditor(counts, optional=False)
        self.main.show_value(pair.first.dispute.id)
        self.main.inner.setAccessibleName(tr("是同一件时按哪一件统计"))
        asked = row(words(tr("是同一件时，统计算在")), self.main, gap=8)
        asked.setStretch(1, 1)
        reason = words(tr("为什么像：{reason}").format(reason=pair.reason), "doubt", wrap=True)
        self.setLayout(column(reason, asked, line(), grid, gap=10))

    def chosen(self) -> tuple[str, str]:
        """The dispute that counts, and the one that does not any more."""
        both = self.pair.first.dispute.id, self.pair.second.dispute.id
        main = self.main.value()
        return (both[0], both[1]) if main == both[0] else (both[1], both[0])


def _said(text: str, *, same: bool) -> QLabel:
    """What differs stands out; what is the same is what makes them alike."""
    made = words(text or tr("（没有）"), "" if same else "strong", wrap=True)
    made.setAlignment(Qt.AlignmentFlag.AlignTop)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made


def _lines(
    workplace: Workplace, pair: Pair, one: CaseFile | None, other: CaseFile | None
) -> Iterator[Told]:
    rows = pair.first, pair.second
    yield (tr("编号"), *(entry.number for entry in rows))  # type: ignore[misc]
    yield (tr("单位"), *(entry.unit_name for entry in rows))  # type: ignore[misc]
    if one is None or other is None:
        return
    for told, said in zip(_facts(workplace, one), _facts(workplace, other), strict=True):
        yield told[0], told[1], said[1]


def _facts(workplace: Workplace, case: CaseFile) -> Iterator[tuple[str, str]]:
    dispute, types = case.dispute, workplace.register.types
    applicants, respondents = sides(case)
    yield tr("申请人"), applicants
    yield tr("被申请人"), respondents
    yield tr("纠纷类型"), types.label(dispute.type) if dispute.type else ""
    yield tr("受理日期"), str(dispute.intake_on or "")
    yield tr("结案日期"), str(dispute.closed_on or "")
    yield tr("调解结果"), tr(dispute.outcome.label) if dispute.outcome else ""
    amount = case.agreement.amount_fen if case.agreement else 0
    yield tr("协议金额"), tr("{amount} 元").format(amount=yuan(amount)) if amount else ""
    yield tr("发生地点"), dispute.place
    yield tr("简要情况"), dispute.facts
