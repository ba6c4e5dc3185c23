"""One party of a dispute with its agents; the identity number fills sex and birth date."""

from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, QSize, Signal
from PySide6.QtGui import QIcon, QResizeEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout

from mediation_desk.domain.cases import Party
from mediation_desk.domain.codes import AgentKind, PartyKind, PartyRole
from mediation_desk.domain.identity import age_on, birth_date, normal_identity, sex_of
from mediation_desk.ui import theme
from mediation_desk.ui.editors import ChoiceEditor, codes
from mediation_desk.ui.pages.agents_form import AgentsForm
from mediation_desk.ui.record_form import Place, RecordForm
from mediation_desk.ui.tabbing import late
from mediation_desk.ui.widgets import Elided, button, look, row
from mediation_desk.ui.workplace import today
from mediation_desk.words import tr

_PLACES = (
    Place("name", 3, required=True),
    Place("id_number", 4, hint=tr("可不填")),
    Place("sex", 2),
    Place("phone", 3, hint=tr("可不填")),
    Place("kind", 2),
    Place("representative", 3),
    Place("born_on", 3),
    Place("ethnicity", 2),
    Place("occupation", 5),
    Place("address", 5),
    Place("registered_address", 5),
    Place("postcode", 2),
)
_MORE = (
    "kind",
    "born_on",
    "ethnicity",
    "occupation",
    "registered_address",
    "address",
    "postcode",
)
_OF_PERSONS = ("id_number", "sex", "born_on", "ethnicity", "occupation", "registered_address")
_OF_BODIES = ("representative",)
# What an earlier case tells of the same person.
_KNOWN = (
    "kind",
    "name",
    "id_number",
    "sex",
    "phone",
    "representative",
    "born_on",
    "ethnicity",
    "occupation",
    "address",
    "registered_address",
    "postcode",
)
_ADULT = 18
# Below this width there is only room for short words beside the side of a party.
_NARROW = 620
_ARROW = 18


class PartyForm(QFrame):
    """A party with the fields that fit a person or a body; the rest opens on request."""

    removed = Signal(str)
    # Whose earlier cases may be of use: the party, its name and its number as typed.
    named = Signal(str, str, str)

    def __init__(self, party: Party, *, open_fully: bool) -> None:
        super().__init__()
        look(self, "note")
        self.party_id = party.id
        self.form: RecordForm[Party] = RecordForm(Party, _PLACES)
        self.role = ChoiceEditor(codes(PartyRole), optional=False)
        self.role.box.setAccessibleName(tr("当事人地位"))
        self.role.setFixedWidth(theme.wide(132))
        self.role.show_value(party.role)
        self._age = Elided("", "sub")
        self.more = button("", self._turn, "quiet")
        self._arrow = ""
        self.add_agent = button(tr("加代理人"), self._add_agent, "quiet")
        self.remove = button(tr("移除"), self._remove, "quiet")
        late(self.more, self.add_agent, self.remove)
        self._open = open_fully
        self.agents = AgentsForm(party.dispute_id, party.id)
        stack = QVBoxLayout(self)
        stack.setContentsMargins(14, 10, 14, 12)
        stack.setSpacing(6)
        acts = (self.more, self.add_agent, self.remove)
        head = row(self.role, self._age, *acts, gap=8)
        head.setStretch(1, 1)
        stack.addLayout(head)
        stack.addWidget(self.form)
        stack.addWidget(self.agents)
        self.form.show_record(party)
        self.form.missed.connect(self._missed)
        self.form.boxes["id_number"].changed.connect(self._numbered)
        for name in ("kind", "born_on"):
            self.form.boxes[name].changed.connect(self._arrange)
        for name in ("name", "id_number"):
            self.form.boxes[name].changed.connect(self._named)
        self._arrange()

    def _turn(self) -> None:
        self._open = not self._open
        self._arrange()

    def _missed(self, name: str) -> None:
        """Open for an error in a field that is folded away."""
        if name in _MORE and not self._open:
            self._turn()

    def _remove(self) -> None:
        self.removed.emit(self.party_id)

    def _named(self) -> None:
        boxes = self.form.boxes
        self.named.emit(self.party_id, boxes["name"].value(), boxes["id_number"].value())

    def _years(self) -> int | None:
        """The age of a natural person, if the birth date is known."""
        born = self.form.boxes["born_on"].value()
        natural = self.form.boxes["kind"].value() is PartyKind.NATURAL
        return age_on(born, today()) if natural and born is not None and born <= today() else None

    def _add_agent(self) -> None:
        years = self._years()
        minor = years is not None and years < _ADULT
        self.agents.add(AgentKind.STATUTORY if minor else AgentKind.ENTRUSTED)
        self.agents.agents[-1].form.boxes["name"].editor.setFocus()

    def _arrange(self) -> None:
        boxes = self.form.boxes
        natural = boxes["kind"].value() is PartyKind.NATURAL
        hidden = set(_OF_BODIES if natural else _OF_PERSONS)
        if not self._open:
            hidden |= set(_MORE) - ({"kind"} if not natural else set())
        boxes["name"].rename(tr("姓名") if natural else tr("名称"), required=True)
        self.form.show_only(tuple(hidden))
        self._call_more()
        years = self._years()
        told = "" if years is None else tr("{age} 岁").format(age=years)
        if years is not None and years < _ADULT:
            told = tr("{age} 岁，未成年人由法定代理人代理").format(age=years)
        self._age.setText(told)

    def _call_more(self) -> None:
        """Say what more there is to write, as far as there is room."""
        told = tr("更多栏目（住址、职业等）")
        short = self.width() < theme.wide(_NARROW)
        self.more.setText(tr("收起") if self._open else tr("更多") if short else told)
        self.more.setToolTip("" if self._open else told)
        arrow = "fold" if self._open else "unfold"
        if arrow != self._arrow:
            self._arrow = arrow
            size = theme.high(_ARROW)
            self.more.setIcon(QIcon(theme.drawing(arrow, theme.tokens().primary, size)))
            self.more.setIconSize(QSize(size, size))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._call_more()

    def _numbered(self) -> None:
        """Sex and birth date follow from a whole identity number."""
        boxes = self.form.boxes
        number = normal_identity(str(boxes["id_number"].value()))
        sex, born = sex_of(number), birth_date(number)
        for name, value in (("sex", sex), ("born_on", born)):
            if value is not None:
                with QSignalBlocker(boxes[name]):
                    boxes[name].show_value(value)
        self._arrange()

    def take(self, known: Party) -> None:
        """Fill in what an earlier case tells of the same person; what it does not tell stays."""
        for name in _KNOWN:
            value = getattr(known, name)
            if value not in {"", None}:
                self.form.boxes[name].show_value(value)
        self._arrange()
        self.form.changed.emit()

    def party(self, position: int) -> Party:
        """The party as typed, at `position` on its side."""
        typed = replace(self.form.record(), role=self.role.value(), position=position)
        if typed.kind is PartyKind.NATURAL:
            return replace(typed, id_number=normal_identity(typed.id_number), representative="")
        # What was typed while it still passed for a person is not seen any more.
        return replace(
            typed,
            id_number="",
            sex=None,
            born_on=None,
            ethnicity="",
            occupation="",
            registered_address="",
        )
