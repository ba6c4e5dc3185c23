"""The terms of an agreement: who does what, for how much, by when; one by one or in parts."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from typing import cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.handling import Promise
from mediation_desk.domain.money import yuan
from mediation_desk.domain.record import new_id
from mediation_desk.ui import messages
from mediation_desk.ui.pages.instalments_row import InstalmentsRow
from mediation_desk.ui.record_form import Place, RecordForm
from mediation_desk.ui.tabbing import late
from mediation_desk.ui.widgets import button, look, row, words
from mediation_desk.words import tr

_PROMISE = (
    Place("party_id", 4),
    Place("amount_fen", 4),
    Place("due_on", 4),
    Place("what", 12, required=True),
)


class PromiseForm(QFrame):
    """One term of the agreement."""

    removed = Signal(str)

    def __init__(self, promise: Promise, parties: list[tuple[str, str]]) -> None:
        super().__init__()
        look(self, "note")
        self.promise_id = promise.id
        self._kept_on = promise.kept_on
        self.form: RecordForm[Promise] = RecordForm(Promise, _PROMISE, {"party_id": parties})
        self.form.show_record(promise)
        self._title = words("", "strong")
        stack = QVBoxLayout(self)
        stack.setContentsMargins(14, 4, 14, 12)
        stack.setSpacing(0)
        self.remove = button(tr("移除"), self._remove, "quiet")
        late(self.remove)
        stack.addLayout(row(self._title, None, self.remove))
        stack.addWidget(self.form)

    def number(self, position: int) -> None:
        """Call it the `position`-th term, and say if it was kept."""
        said = tr("第 {position} 项").format(position=position)
        if self._kept_on is not None:
            said += tr(" · {day} 已履行").format(day=self._kept_on)
        self._title.setText(said)

    def _remove(self) -> None:
        self.removed.emit(self.promise_id)


class Promises(QWidget):
    """Term after term; `came` and `went` tell the form which records it holds."""

    came = Signal(str, object)
    went = Signal(str)
    changed = Signal()

    def __init__(self, case: CaseFile, agreement_id: str) -> None:
        super().__init__()
        self._blank = Promise(id="", dispute_id=case.dispute.id, agreement_id=agreement_id, what="")
        self._parties = [("", ""), *((party.id, party.name) for party in case.parties)]
        self._agreed_fen = 0
        self.forms: list[PromiseForm] = []
        self.add_promise = button(tr("加一项 (&1)"), self._add_blank, "quiet")
        self.add_instalments = button(tr("分几期 (&2)"), self._turn_instalments, "quiet")
        self.instalments = InstalmentsRow(self._blank, self._parties)
        self.instalments.made.connect(self._list)
        self.instalments.hide()
        told = words(tr("谁、做什么、多少钱、什么时候前；不当场履行的请写上"), "sub", wrap=True)
        head = row(words(tr("履行事项"), "heading"), told, self.add_instalments, self.add_promise)
        head.setStretch(1, 1)
        self._sum = words("", "sub")
        self._cards = QVBoxLayout()
        self._cards.setSpacing(10)
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(10)
        stack.addLayout(head)
        stack.addWidget(self.instalments)
        stack.addLayout(self._cards)
        stack.addWidget(self._sum)

    def show_promises(self, promises: Iterable[Promise]) -> None:
        """Show the terms there are."""
        for promise in promises:
            self._add(promise)
        self._total()

    def agree_on(self, fen: int) -> None:
        """The sum of the agreement, with which that of the terms is compared."""
        self._agreed_fen = fen
        self._total()

    def _add(self, promise: Promise) -> None:
        made = PromiseForm(promise, self._parties)
        made.removed.connect(self.remove)
        made.form.changed.connect(self._total)
        self.forms.append(made)
        self._cards.addWidget(made)
        self._number()
        self.came.emit(promise.id, made.form)

    def _add_blank(self) -> None:
        self._add(replace(self._blank, id=new_id()))
        self.forms[-1].form.boxes["party_id"].editor.setFocus()
        self.changed.emit()

    def remove(self, promise_id: str) -> None:
        """Take a term away, after asking if anything was written of it."""
        made = self._form(promise_id)
        if not made.form.filled:
            self._drop(promise_id)
            return
        messages.ask(
            self,
            tr("移除这一项？"),
            tr("写好的内容会一起去掉：{what}").format(what=made.form.boxes["what"].value()),
            tr("移除"),
            partial(self._drop, promise_id),
        )

    def _form(self, promise_id: str) -> PromiseForm:
        return next(made for made in self.forms if made.promise_id == promise_id)

    def _drop(self, promise_id: str, _checked: object = None) -> None:
        made = self._form(promise_id)
        self.forms.remove(made)
        self._cards.removeWidget(made)
        made.hide()
        made.deleteLater()
        self._number()
        self._total()
        self.went.emit(promise_id)
        self.add_promise.setFocus()

    def _number(self) -> None:
        for position, made in enumerate(self.forms, 1):
            made.number(position)

    # Sums and parts

    def _promised(self) -> int:
        return sum(int(made.form.boxes["amount_fen"].value()) for made in self.forms)

    def _total(self) -> None:
        promised = self._promised()
        self._sum.setVisible(bool(promised))
        said = tr("各项金额合计 {promised} 元").format(promised=yuan(promised))
        if promised != self._agreed_fen:
            said += tr("，协议涉及金额 {agreed} 元").format(agreed=yuan(self._agreed_fen))
        self._sum.setText(said)

    def _turn_instalments(self) -> None:
        wanted = self.instalments.isHidden()
        if wanted:
            self.instalments.offer(max(self._agreed_fen - self._promised(), 0))
        self.show_instalments(wanted=wanted)
        first = self.instalments.boxes["who"].editor if wanted else self.add_instalments
        first.setFocus()

    def show_instalments(self, *, wanted: bool) -> None:
        """Show the row for parts, or fold it away."""
        self.instalments.setVisible(wanted)
        self.add_instalments.setText(tr("不分期 (&2)") if wanted else tr("分几期 (&2)"))

    def _list(self, promises: object) -> None:
        for promise in cast("tuple[Promise, ...]", promises):
            self._add(promise)
        self.instalments.offer(0)
        self.show_instalments(wanted=False)
        self._total()
        self.add_promise.setFocus()
        self.changed.emit()

    # What the form makes of them

    def records(self) -> tuple[Promise, ...]:
        """The terms as typed, in their order."""
        return tuple(
            replace(made.form.record(), position=position)
            for position, made in enumerate(self.forms, 1)
        )

    def shape(self) -> list[str]:
        """Which terms there are, for the draft."""
        return [made.promise_id for made in self.forms]

    def reshape(self, ids: Sequence[str]) -> None:
        """Have terms with just these ids; what stands in them comes after."""
        there = self.shape()
        for promise_id in ids:
            if promise_id not in there:
                self._add(replace(self._blank, id=promise_id))
        for promise_id in there:
            if promise_id not in ids:
                self._drop(promise_id)
