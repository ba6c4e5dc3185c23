"""An oral settlement on one screen, with phrases, known persons and advice beside it."""

from collections.abc import Mapping
from functools import partial
from typing import Any, cast

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from mediation_desk.desk import quick, recording
from mediation_desk.desk.people import KnownPerson
from mediation_desk.desk.phrases import Use
from mediation_desk.desk.quick import OralSettlement, Performing
from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.cases import Party
from mediation_desk.domain.codes import PartyRole
from mediation_desk.domain.problems import DeskError, Problem
from mediation_desk.domain.record import new_id
from mediation_desk.ui import theme
from mediation_desk.ui.by_itself import by_itself
from mediation_desk.ui.hint_card import HintCard
from mediation_desk.ui.known_people import KnownPeople
from mediation_desk.ui.pages.form_page import FormPage
from mediation_desk.ui.pages.quick_party import QuickParty
from mediation_desk.ui.pages.quick_places import PREVENTED, settlement_form
from mediation_desk.ui.phrase_card import PhraseCard
from mediation_desk.ui.record_form import RecordForm
from mediation_desk.ui.stepping import Blanks, insert_phrase
from mediation_desk.ui.widgets import EDGE, Scroll, line, row
from mediation_desk.ui.workplace import Workplace, today
from mediation_desk.words import tr

PLACE = "quick"
_SIDE_WIDTHS = ((1180, 292), (960, 264), (0, 232))
_BOTH_FIT = 700
_ROOM_FOR_HINTS = 620
_USES = {"facts": Use.FACTS, "content": Use.AGREEMENT}
# Where the boxes of this screen stand for fields of the records that come out of it.
_BOXES = {
    "": {"intake_on": "day", "closed_on": "day", "performed_on": "due_on"},
    "sessions": {"held_on": "day", "mediator_ids": "mediator_id", "narrative": "facts"},
    "agreement": {"agreed_on": "day"},
    "promises": {"what": "content"},
    "preventions": {"prevented_on": "day", "reason": "prevention_reason"},
}


class QuickForm(FormPage):
    """Everything that the statistic and the 口头协议登记表 need of an oral settlement."""

    # The case as far as it is typed, to be ended by a written agreement.
    in_writing_wanted = Signal(object)

    def __init__(
        self, workplace: Workplace, typed: OralSettlement, parties: tuple[Party, ...]
    ) -> None:
        sub = tr("填完即可计入统计，也够填《人民调解口头协议登记表》，其余以后再补")
        super().__init__(workplace, None, tr("口头调解快登"), sub)
        self.place = PLACE
        self._unit = recording.own_committee(workplace.register).id
        self._blanks = Blanks(self)
        self._made = 0
        self._narrow = False
        self.rows: dict[str, QuickParty] = {}
        self._party_lines = QVBoxLayout()
        self._party_lines.setSpacing(8)
        self.main = settlement_form(workplace, typed)
        self.phrases = PhraseCard(workplace)
        self.known = KnownPeople(workplace, typed.id)
        self.hints = HintCard()
        self.add_card(self._party_lines, line(), self.main)
        for party in parties:
            self._add(party, first=True)
        self.watch(typed.id, self.main, "settlement")
        self._put_beside()
        self._connect()
        self.end_cards()
        self._arrange()
        self.touched = False
        self._pause.start()

    # Making the screen

    def _put_beside(self) -> None:
        """Phrases, known persons and advice at the right, saving below them."""
        page = cast(QVBoxLayout, self.layout())
        page.removeWidget(self.view)
        self._beside = QWidget()
        self._side_cards = cards = QVBoxLayout(self._beside)
        cards.setContentsMargins(0, 0, 0, 8)
        cards.setSpacing(12)
        for card in (self.hints, self.known, self.phrases):
            cards.addWidget(card)
        cards.addStretch(1)
        self._side = QWidget()
        self._side_lines = side = QVBoxLayout(self._side)
        side.setContentsMargins(0, 0, 0, 8)
        side.setSpacing(10)
        self._side_view = Scroll(self._beside, 0)
        side.addWidget(self._side_view, 1)
        self._side_acts = row(self.leave_button, self.save_button)
        self._side_acts.setStretch(1, 1)
        side.addLayout(self._side_acts)
        self._body = body = row(self.view, self._side, gap=0)
        body.setContentsMargins(0, 0, EDGE, 0)
        body.setStretch(0, 1)
        page.addLayout(body, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        page = event.size().width()
        self._stand(narrow=page < theme.wide(_BOTH_FIT))
        widths = (width for least, width in _SIDE_WIDTHS if page >= theme.wide(least))
        self._side.setFixedWidth(theme.wide(next(widths)))
        # On a low page fixed advice would leave no room for the phrases.
        if event.size().height() >= theme.wide(_ROOM_FOR_HINTS) and not self._narrow:
            self._side_lines.insertWidget(1, self.hints)
        else:
            self._side_cards.insertWidget(0, self.hints)

    def _stand(self, *, narrow: bool) -> None:
        """Let the cards beside the form follow below it where both have no room side by side."""
        if narrow is self._narrow:
            return
        self._narrow = narrow
        self._side.setVisible(not narrow)
        self._body.setContentsMargins(0, 0, 0 if narrow else EDGE, 0)
        if narrow:
            self._side_view.takeWidget()
            self._cards.insertWidget(1, self._beside)
            self._side_cards.setContentsMargins(0, 0, 0, 8)
        else:
            self._side_view.setWidget(self._beside)
        acts = self._head if narrow else self._side_acts
        for act in (self.leave_button, self.save_button):
            acts.addWidget(act)
        self._beside.show()
        self.order_tabs()

    def _connect(self) -> None:
        boxes = self.main.boxes
        for name in _USES:
            paper = cast(QPlainTextEdit, boxes[name].editor.inner)
            self._blanks.guide(paper)
            paper.installEventFilter(self)
        boxes["type"].changed.connect(self._show_phrases)
        boxes["performing"].changed.connect(self._performing_chosen)
        boxes["due_on"].changed.connect(self._due_written)
        for name in ("prevented", "complex"):
            boxes[name].changed.connect(self._arrange)
        self.phrases.chosen.connect(self._insert)
        self.phrases.keep_wanted.connect(self._keep_phrase)
        self.known.chosen.connect(self._fill)
        self.hints.writing_wanted.connect(self._turn_to_writing)
        self._use = Use.FACTS
        self._show_phrases()

    def stops(self) -> list[QWidget]:
        """Tab follows the paper form, then saving; what is rare comes last."""
        forms: list[RecordForm[Any]] = [made.form for made in self.rows.values()]
        forms.append(self.main)
        fields = [box.editor.inner for form in forms for box in form.boxes.values()]
        menus = [made.menu_button for made in self.rows.values()]
        acts = [self.save_button, self.leave_button, self.hints.writing, *menus]
        return [*fields, *acts, self.phrases.keep_button]

    # Parties

    def _add(self, party: Party, *, first: bool = False, part: str = "") -> QuickParty:
        self._made += 1
        made = QuickParty(party, first=first)
        made.more_wanted.connect(self._add_more)
        made.removed.connect(self._remove)
        made.named.connect(self._look_up)
        self.rows[part or f"party-{self._made}"] = made
        self.watch(party.id, made.form, part or f"party-{self._made}")
        # Sides stay together on the screen as on paper.
        after = [entry for entry in self.rows.values() if entry.role.value <= party.role.value]
        self._party_lines.insertWidget(len(after) - 1, made)
        in_order = sorted(self.rows.items(), key=lambda entry: entry[1].role.value)
        self.rows = dict(in_order)
        self._tell_count()
        return made

    def _tell_count(self) -> None:
        """Show how many people count where no other number is typed."""
        people = self.main.boxes["people"].editor.inner
        cast(QLineEdit, people).setPlaceholderText(str(len(self.rows)))

    def _add_more(self, role: object) -> None:
        side = cast(PartyRole, role)
        blank = Party(id=new_id(), dispute_id=self._typed().id, role=side, name="")
        made = self._add(blank)
        self.order_tabs()
        made.form.boxes["name"].editor.setFocus()
        self._changed()

    def _remove(self, party_id: str) -> None:
        part = next(part for part, made in self.rows.items() if made.party_id == party_id)
        made = self.rows.pop(part)
        self._party_lines.removeWidget(made)
        made.hide()
        made.deleteLater()
        self._tell_count()
        self.known.forget(party_id)
        self.forget(party_id)
        self.focus_first()

    def _look_up(self, party_id: str) -> None:
        boxes = next(made for made in self.rows.values() if made.party_id == party_id).form.boxes
        self.known.look_up(boxes["name"].value(), boxes["id_number"].value(), party_id)
        self._turn_side(self.known)

    def _fill(self, person: object) -> None:
        made = next(made for made in self.rows.values() if made.party_id == self.known.who)
        made.fill(cast(KnownPerson, person))
        made.form.boxes["phone"].editor.setFocus()

    def focus_first(self) -> None:
        """Put the cursor where writing begins."""
        next(iter(self.rows.values())).form.boxes["name"].editor.setFocus()

    # The other fields

    def _arrange(self) -> None:
        boxes = self.main.boxes
        hidden = () if boxes["prevented"].value() else PREVENTED
        reason = () if boxes["complex"].value() else ("complex_reason",)
        self.main.show_only((*hidden, *reason))

    def _performing_chosen(self) -> None:
        if self.main.boxes["performing"].value() is Performing.DUE:
            self.main.boxes["due_on"].editor.setFocus()
        else:
            self.main.boxes["due_on"].show_value(None)

    def _due_written(self) -> None:
        boxes = self.main.boxes
        if boxes["due_on"].editor.content():
            boxes["performing"].show_value(Performing.DUE)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Show the phrases for the text in which the cursor stands."""
        if event.type() == QEvent.Type.FocusIn:
            for name, use in _USES.items():
                if self.main.boxes[name].editor.inner is watched:
                    self._use = use
                    self._show_phrases()
                    self._turn_side(self.phrases)
        return super().eventFilter(watched, event)

    def _turn_side(self, card: QWidget) -> None:
        """Bring a card beside the form into sight, where not all have room."""
        self._side_view.verticalScrollBar().setValue(card.y())

    def _show_phrases(self) -> None:
        self.phrases.show_for(self.main.boxes["type"].value() or "", self._use)

    def _paper(self) -> QPlainTextEdit:
        name = next(name for name, use in _USES.items() if use is self._use)
        return cast(QPlainTextEdit, self.main.boxes[name].editor.inner)

    def _insert(self, said: str) -> None:
        insert_phrase(self._paper(), said)

    def _keep_phrase(self) -> None:
        paper = self._paper()
        # Qt separates the lines of a selection by a sign of its own.
        chosen = paper.textCursor().selectedText().replace("\u2029", "\n")
        self.phrases.keep(chosen or paper.toPlainText())

    # What is typed

    def _typed(self) -> OralSettlement:
        return self.main.record()

    def _parties(self) -> list[Party]:
        return [made.party() for made in self.rows.values()]

    def after(self) -> CaseFile:
        return quick.settled(self._typed(), self._parties(), self._unit, self.workplace.actor)

    def who(self) -> str:
        names = (str(made.form.boxes["name"].value()) for made in self.rows.values())
        return tr("、").join(name for name in names if name)

    def typed(self) -> dict[str, Any]:
        sides = [[part, made.role.value] for part, made in self.rows.items()]
        return super().typed() | {"sides": sides}

    def retype(self, typed: Mapping[str, Any]) -> None:
        for part, role in typed.get("sides", ()):
            if part not in self.rows:
                side = PartyRole.of(role)
                blank = Party(id=new_id(), dispute_id=self._typed().id, role=side, name="")
                self._add(blank, part=part)
        super().retype(typed)
        self.order_tabs()

    # Checks, advice and keeping

    def _understood(self) -> bool:
        if not super()._understood():
            return False
        typed = self._typed()
        wrong = {}
        if typed.day > today():
            wrong["day"] = tr("调解日期晚于今天。请核对日期和电脑的时间。")
        if typed.performing is Performing.DUE and typed.due_on is None:
            wrong["due_on"] = tr("约定了期限，请填写日期。")
        for name, said in wrong.items():
            self.main.boxes[name].tell(said)
            self._to(self.main.boxes[name])
        return not wrong

    def _place(self, case: CaseFile, problem: Problem) -> tuple[RecordForm | None, str]:  # type: ignore[type-arg]
        if quick.advises(problem):
            return None, ""
        head, _, rest = problem.field.rpartition(".")
        part = head.partition(".")[0]
        if part == "parties" or part not in _BOXES:
            return super()._place(case, problem)
        return self.main, _BOXES[part].get(rest, rest)

    @by_itself
    def _review(self) -> None:
        super()._review()
        if all(form.whole() for form in self.forms.values()):
            register = self.workplace.register
            case = self.after()
            found = recording.case_findings(register, case, today())
            if self.hints.show_hints(quick.hints(case, register.types, found)):
                self._turn_side(self.hints)

    def _kept(self, case: CaseFile) -> None:
        work = partial(quick.remember, self.workplace.register, self._typed())
        jobs = self.workplace.jobs
        jobs.run_beside(work, owner=jobs, done=_remembered, failed=_not_remembered)
        super()._kept(case)

    def _turn_to_writing(self) -> None:
        """Go on in the full form with everything typed so far."""
        if all(form.whole() for form in self.forms.values()):
            typed, actor = self._typed(), self.workplace.actor
            self.in_writing_wanted.emit(quick.in_writing(typed, self._parties(), self._unit, actor))
        else:
            self._understood()


def _remembered(_nothing: object) -> None:
    """What was chosen is offered the next time."""


def _not_remembered(_error: DeskError) -> None:
    """The case is kept; without its last choices the next screen only begins with fewer."""


def quick_form(workplace: Workplace) -> QuickForm:
    """An empty screen; raises `DeskError` if this register has no committee of its own."""
    typed, parties = quick.blank(workplace.register, today(), workplace.actor)
    return QuickForm(workplace, typed, parties)
