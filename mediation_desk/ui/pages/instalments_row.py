"""分几期: a row that turns one sum into a promise for each month."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from mediation_desk.domain.handling import Promise
from mediation_desk.domain.instalments import MOST, instalments
from mediation_desk.ui.day_editor import DayEditor
from mediation_desk.ui.editors import (
    ChoiceEditor,
    Choices,
    LineEditor,
    MoneyEditor,
    WholeEditor,
)
from mediation_desk.ui.fields import FieldBox
from mediation_desk.ui.flow import FieldGrid
from mediation_desk.ui.widgets import button, column, look, row, words
from mediation_desk.words import tr

_SPANS = {"who": 2, "what": 3, "total": 2, "count": 2, "first": 3}


class InstalmentsRow(QFrame):
    """Who pays what in how many parts from which day on."""

    # The promises, one for each part.
    made = Signal(object)

    def __init__(self, blank: Promise, parties: Choices) -> None:
        super().__init__()
        look(self, "note")
        self._blank = blank
        self.boxes: Mapping[str, FieldBox] = {
            "who": FieldBox(tr("谁付"), ChoiceEditor(parties, optional=False)),
            "what": FieldBox(tr("付什么"), LineEditor(tr("如 支付赔偿款"))),
            "total": FieldBox(tr("总金额（元）"), MoneyEditor(), required=True),
            "count": FieldBox(tr("分几期"), WholeEditor(), required=True),
            "first": FieldBox(tr("第一期期限"), DayEditor(), required=True),
        }
        grid = FieldGrid()
        for name, box in self.boxes.items():
            grid.add(box, _SPANS[name])
        told = words(tr("每月一期，各期金额加起来正好是总金额"), "sub", wrap=True)
        self.list_button = button(tr("列出各期 (&L)"), self.make, "outline")
        foot = row(told, self.list_button)
        foot.setStretch(0, 1)
        stack = column(grid, foot, gap=8)
        stack.setContentsMargins(14, 10, 14, 12)
        self.setLayout(stack)

    def offer(self, total_fen: int) -> None:
        """Begin with what is not yet promised of the agreed sum."""
        self.boxes["total"].show_value(total_fen)
        self.boxes["count"].show_value(None)
        self.boxes["first"].show_value(None)

    @property
    def begun(self) -> bool:
        """Whether something was written here that has not become a promise."""
        return bool(self.boxes["count"].editor.content() or self.boxes["first"].editor.content())

    def remind(self) -> FieldBox:
        """Say that the parts are not listed yet."""
        self.boxes["count"].tell(tr("请先点“列出各期”，不分期的请收起。"))
        return self.boxes["count"]

    def _wrong(self) -> dict[str, str]:
        """What keeps the parts from being listed, by box."""
        found = {name: box.editor.unclear() for name, box in self.boxes.items()}
        if self.boxes["total"].value() <= 0:
            found["total"] = found["total"] or tr("请填写总金额。")
        if not 2 <= self.boxes["count"].value() <= MOST:
            said = tr("请填 2 到 {most}。").format(most=MOST)
            found["count"] = found["count"] or said
        if self.boxes["first"].value() is None:
            found["first"] = found["first"] or tr("请填写日期。")
        return {name: said for name, said in found.items() if said}

    def make(self) -> None:
        """List the parts, if all that is needed is there."""
        wrong = self._wrong()
        for name, box in self.boxes.items():
            box.tell(wrong.get(name, ""))
        if wrong:
            self.boxes[next(iter(wrong))].editor.setFocus()
            return
        values = {name: box.value() for name, box in self.boxes.items()}
        whole = Promise(
            id="",
            dispute_id=self._blank.dispute_id,
            agreement_id=self._blank.agreement_id,
            party_id=values["who"] or "",
            what=values["what"] or tr("支付"),
            amount_fen=values["total"],
            due_on=values["first"],
        )
        self.made.emit(instalments(whole, values["count"]))
